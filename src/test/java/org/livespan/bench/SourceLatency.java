package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The same commits, to a client of a server that listens and to one of a server that follows the log. */
final class SourceLatency {

    private static final int WARM_UP = 1_000;
    private static final int CHANGES = 300;

    /** Longer than the interval between two refreshes. */
    private static final Duration PACE = Duration.ofMillis(150);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SourceLatency() {}

    static void measure(Setting setting) throws Exception {
        Heard.NOTIFY.prepare(setting.orders());
        setting.orders().run("select livespan.publish('orders')");
        Report report = setting.report().under("from commit to client: ");
        var notified = new Arrivals();
        var logged = new Arrivals();
        notified.expect(1);
        logged.expect(1);
        try (var listens = Servers.livespan(setting.database(), "256m", Heard.NOTIFY.settings());
                var follows = Servers.livespan(setting.database(), "256m", Heard.WAL.settings());
                var one = new SseLoad(listens.port(), List.of(Orders.hours(2)), notified);
                var other = new SseLoad(follows.port(), List.of(Orders.hours(2)), logged)) {
            notified.await(PATIENCE);
            logged.await(PATIENCE);
            run(setting.orders(), notified, logged, WARM_UP, Duration.ZERO);
            listens.settle();
            follows.settle();
            double[][] millis = run(setting.orders(), notified, logged, CHANGES, PACE);
            one.requireAll();
            other.requireAll();
            for (int percent : new int[] {50, 95, 99}) {
                double ofNotify = percentile(millis[0], percent);
                double ofLog = percentile(millis[1], percent);
                report.add("notify, p" + percent + ", ms", ofNotify);
                report.add("wal, p" + percent + ", ms", ofLog);
                report.add("wal, times notify, p" + percent, ofLog / ofNotify, 1);
            }
        }
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[(sorted.length - 1) * percent / 100];
    }

    private static double[][] run(Orders orders, Arrivals notified, Arrivals logged, int number, Duration pace)
            throws Exception {
        var millis = new double[2][number];
        for (int i = 0; i < number; i++) {
            int mark = orders.nextMark();
            notified.expectMark(mark);
            logged.expectMark(mark);
            long begin = System.nanoTime();
            orders.writeMark();
            millis[0][i] = (notified.await(PATIENCE)[0] - begin) / 1e6;
            millis[1][i] = (logged.await(PATIENCE)[0] - begin) / 1e6;
            TimeUnit.NANOSECONDS.sleep(pace.toNanos() - (System.nanoTime() - begin));
        }
        for (double[] one : millis) {
            Arrays.sort(one);
        }
        return millis;
    }
}
