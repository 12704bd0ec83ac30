package org.livespan.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Windows that are filtered by tenant. First one row of one tenant changes, while thousands of other tenants have windows on the
 * same span. Then all rows change, of a table of a thousand tenants of whom five have a window, and of one with these five only.
 */
final class Tenants {

    private static final int[] WINDOWS = {1, 1_000, 10_000};
    private static final int ROWS_EACH = 10;
    private static final int WARM_UP = 200;
    private static final int CHANGES = 20 * Integer.getInteger("livespan.bench.changes", 15);

    /** Longer than the refresh interval, and short enough that the server's CPU time is that of the changes. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MANY_TENANTS = 1_000;
    private static final int WATCHED = 5;
    private static final int MANY_ROWS_EACH = 200;
    private static final int UPDATES = 20;

    private final Setting setting;

    private Tenants(Setting setting) {
        this.setting = setting;
    }

    static void measure(Setting setting) throws Exception {
        var tenants = new Tenants(setting);
        for (int windows : WINDOWS) {
            tenants.oneRow(windows);
        }
        tenants.allRows(MANY_TENANTS);
        tenants.allRows(WATCHED);
    }

    private MeasuredServer server() throws Exception {
        Map<String, String> settings = Servers.tableFeed("tenants");
        settings.put("livespan.feeds.tenants.filters", "status");
        return Servers.livespan(setting.database(), "2g", settings);
    }

    private static String window(String tenant) {
        return Orders.days(30).replace("/orders/", "/tenants/") + "&mode=changes&status=" + tenant;
    }

    private static List<String> windows(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(tenant -> window("tenant " + tenant).replace(" ", "%20"))
                .toList();
    }

    private void oneRow(int windows) throws Exception {
        Orders orders = setting.orders();
        orders.addTenants(windows, ROWS_EACH);
        CpuTime database = CpuTime.of(setting.database());
        var report = setting.report().under("%,d tenants with a window, one row changes: ".formatted(windows));
        try (var server = server()) {
            var others = new Arrivals();
            others.expect(windows);
            long begin = System.nanoTime();
            try (var held = new SseLoad(server.port(), windows(windows), others)) {
                others.await(PATIENCE);
                report.add("all are open after, s", (System.nanoTime() - begin) / 1e9);
                var arrivals = new Arrivals();
                arrivals.expect(1);
                try (var load = new SseLoad(server.port(), List.of(window("new")), arrivals)) {
                    arrivals.await(PATIENCE);
                    var inserts = new Inserts(orders, arrivals);
                    inserts.warmUp(WARM_UP);
                    server.settle();
                    long position = setting.log().position();
                    double serverBefore = server.cpu().seconds();
                    double databaseBefore = database.seconds();
                    Latencies latencies = inserts.measure(CHANGES, PACE);
                    report.add("commit to client, p50, ms", latencies.percentile(50));
                    report.add("server CPU ms a change", 1_000 * (server.cpu().seconds() - serverBefore) / CHANGES);
                    report.add("database CPU ms a change", 1_000 * (database.seconds() - databaseBefore) / CHANGES);
                    report.add(
                            "statements a change",
                            setting.log().since(position, server.name()).values().stream()
                                            .mapToDouble(Integer::doubleValue)
                                            .sum()
                                    / CHANGES);
                    load.requireAll();
                }
                held.requireAll();
            }
        } finally {
            orders.removeTenants();
        }
    }

    private void allRows(int tenants) throws Exception {
        Orders orders = setting.orders();
        orders.addTenants(tenants, MANY_ROWS_EACH);
        CpuTime database = CpuTime.of(setting.database());
        var report = setting.report().under("5 of %,d tenants have a window, all rows change: ".formatted(tenants));
        try (var server = server()) {
            long before = server.liveBytes();
            var arrivals = new Arrivals();
            arrivals.expect(WATCHED);
            try (var load = new SseLoad(server.port(), windows(WATCHED), arrivals)) {
                arrivals.await(PATIENCE);
                report.add("live heap of the windows, MB", (server.liveBytes() - before) / 1e6);
                double serverBefore = server.cpu().seconds();
                double databaseBefore = database.seconds();
                double millis = 0;
                for (int update = 0; update < UPDATES; update++) {
                    arrivals.expect(WATCHED);
                    orders.touchTenants();
                    long begin = System.nanoTime();
                    long[] times = arrivals.await(PATIENCE);
                    millis += (times[WATCHED - 1] - begin) / 1e6;
                }
                report.add("commit to the last client, mean, ms", millis / UPDATES);
                report.add("server CPU ms a change", 1_000 * (server.cpu().seconds() - serverBefore) / UPDATES);
                report.add(
                        "database CPU ms a change, with the update",
                        1_000 * (database.seconds() - databaseBefore) / UPDATES);
                load.requireAll();
            }
        } finally {
            orders.removeTenants();
        }
    }
}
