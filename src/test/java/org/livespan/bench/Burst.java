package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/** Five hundred transactions of one row each, as fast as one writer can, to two hundred clients of one window. */
final class Burst {

    private static final int CLIENTS = 200;
    private static final int ROWS = 500;
    private static final int BURSTS = 5;
    private static final int WARM_UP = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Burst() {}

    private record Figures(double[] millis, double eventsPerClient, double seconds) {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            for (int i = 0; i < WARM_UP; i++) {
                burst(server, setting.orders());
            }
            var latencies = new double[BURSTS][];
            var events = new double[BURSTS];
            var seconds = new double[BURSTS];
            for (int i = 0; i < BURSTS; i++) {
                Figures figures = burst(server, setting.orders());
                latencies[i] = figures.millis();
                events[i] = figures.eventsPerClient();
                seconds[i] = figures.seconds();
            }
            var report = setting.report().under("burst of 500 to 200 clients: ");
            report.add("seconds of the writer, median", median(seconds));
            report.add("last row at the median client, ms, median", new Latencies(latencies).middleClient());
            report.add("last row at the last client, ms, median", new Latencies(latencies).lastClient());
            report.add("events a client, median", median(events), 20);
        }
    }

    private static Figures burst(MeasuredServer server, Orders orders) throws Exception {
        orders.clearMarks();
        var arrivals = new Arrivals();
        arrivals.expect(CLIENTS);
        try (var load = new SseLoad(server.port(), Collections.nCopies(CLIENTS, Orders.hours(22)), arrivals)) {
            arrivals.await(PATIENCE);
            long before = arrivals.events();
            long begin = System.nanoTime();
            for (int i = 1; i < ROWS; i++) {
                orders.nextMark();
                orders.writeMark();
            }
            arrivals.expectMark(orders.nextMark());
            long last = System.nanoTime();
            orders.writeMark();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double[] millis = Arrays.stream(arrivals.await(PATIENCE))
                    .mapToDouble(time -> (time - last) / 1e6)
                    .toArray();
            // Events that still come after the last row count, too
            TimeUnit.SECONDS.sleep(1);
            load.requireAll();
            return new Figures(millis, (double) (arrivals.events() - before) / CLIENTS, seconds);
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
