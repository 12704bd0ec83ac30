package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Inserts orders that lie in all windows, one at a time, and measures how long it takes until each client has them. */
final class Inserts {

    /** For one order to reach all clients. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Orders orders;
    private final Arrivals arrivals;

    Inserts(Orders orders, Arrivals arrivals) {
        this.orders = orders;
        this.arrivals = arrivals;
    }

    /** Without pauses and not counted: compilers and buffers need some time to settle. */
    void warmUp(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            write();
        }
    }

    /** One a second, or as soon as the previous one has reached all clients if that takes longer. */
    Latencies measure(int number) throws Exception {
        return measure(number, PACE);
    }

    Latencies measure(int number, Duration pace) throws Exception {
        var millis = new double[number][];
        for (int i = 0; i < number; i++) {
            long begin = System.nanoTime();
            millis[i] = write();
            TimeUnit.NANOSECONDS.sleep(pace.toNanos() - (System.nanoTime() - begin));
        }
        return new Latencies(millis);
    }

    private double[] write() throws Exception {
        arrivals.expectMark(orders.nextMark());
        long begin = System.nanoTime();
        orders.writeMark();
        return Arrays.stream(arrivals.await(PATIENCE))
                .mapToDouble(time -> (time - begin) / 1e6)
                .toArray();
    }
}
