package org.livespan.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One row changes, and one client sees it, while thousands or millions of other rows are held for others. */
final class ManyRows {

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final int[] HELD = {5_000, 500_000, 5_000_000};
    private static final int MOST = Integer.getInteger("livespan.bench.rows", 5_000_000);
    private static final int A_DAY = 100;
    private static final int DAYS = 50;
    private static final int WARM_UP = 200;
    private static final int CHANGES = 20 * Integer.getInteger("livespan.bench.changes", 15);

    /** Longer than the refresh interval, and short enough that the server's CPU time is that of the changes. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Map<String, String> SETTINGS = Map.of("livespan.limits.feed-rows", "6000000");

    private ManyRows() {}

    static void measure(Setting setting) throws Exception {
        for (int rows : HELD) {
            if (rows <= MOST) {
                measure(setting, rows);
            }
        }
    }

    private static void measure(Setting setting, int rows) throws Exception {
        Orders orders = setting.orders();
        orders.add(LATER, rows);
        orders.vacuum();
        try (var server = Servers.livespan(setting.database(), "2g", SETTINGS)) {
            var arrivals = new Arrivals();
            List<String> others = Orders.windowsFrom(LATER, rows / A_DAY / DAYS, DAYS, "&mode=changes");
            arrivals.expect(others.size());
            try (var held = new SseLoad(server.port(), others, arrivals)) {
                arrivals.await(PATIENCE);
                measure(server, orders, setting.report().under("%,d rows held: ".formatted(rows)));
                held.requireAll();
            }
        } finally {
            orders.removeFrom(LATER);
        }
    }

    private static void measure(MeasuredServer server, Orders orders, Report report) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(1);
        try (var load = new SseLoad(server.port(), List.of(Orders.hours(24) + "&mode=changes"), arrivals)) {
            arrivals.await(PATIENCE);
            var inserts = new Inserts(orders, arrivals);
            inserts.warmUp(WARM_UP);
            server.settle();
            double before = server.cpu().seconds();
            Latencies latencies = inserts.measure(CHANGES, PACE);
            double used = server.cpu().seconds() - before;
            load.requireAll();
            report.add("commit to client, p50, ms", latencies.percentile(50));
            report.add("server CPU ms a change", 1_000 * used / CHANGES);
            report.add("live heap, MB", server.liveBytes() / 1e6);
        }
    }
}
