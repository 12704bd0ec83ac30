package org.livespan.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.livespan.appserver.ServerJvm;
import org.livespan.database.TestDatabase;

/**
 * The cost of comparing 500,000 held rows with the database over and over while nothing is written: the CPU time of the
 * server and of the database, less that of the same server without an audit.
 */
final class Audit {

    private static final Instant FIRST = Instant.parse("2040-01-01T00:00:00Z");
    private static final int WINDOWS = 50;
    private static final int DAYS = 100;
    private static final int ROWS = WINDOWS * DAYS * 100;

    /** A full pass, which is spread over most of the interval, is measured only if this is longer. */
    private static final int SECONDS = Integer.getInteger("livespan.bench.audit.seconds", 75);

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** For the first slices, which are not counted: after a slow one, the audit rests for 99 times as long. */
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(10);

    private static final int WARM_UP_ROWS = 10_000;
    private static final int WARM_UP_SECONDS = 20;

    /** A feed whose rows the database compares itself, and one whose rows it sends to the server. */
    private static final String TABLE = "ledger";

    private static final String ENTITY = "orders";

    private static final double GOAL_PERCENT = 1;

    private Audit() {}

    private record Cost(double serverPercent, double databasePercent, double rowsASecond, double ageSeconds) {}

    static void measure(Setting setting) throws Exception {
        setting.orders().add(FIRST, ROWS);
        setting.orders().vacuum();
        Cost idle = cost(setting, TABLE, Duration.ZERO);
        var report = setting.report().under("500,000 rows, ");
        report.add("no audit, server CPU, % of a core", idle.serverPercent());
        report.add("no audit, database CPU, % of a core", idle.databasePercent());
        report(cost(setting, TABLE, INTERVAL), idle, report.under("audit of a table, "));
        report(cost(setting, ENTITY, INTERVAL), idle, report.under("audit of an entity, "));
        setting.orders().removeFrom(FIRST);
    }

    private static void report(Cost cost, Cost idle, Report report) {
        report.add("server CPU, % of a core", cost.serverPercent() - idle.serverPercent(), GOAL_PERCENT);
        report.add("database CPU, % of a core", cost.databasePercent() - idle.databasePercent(), GOAL_PERCENT);
        report.add("rows compared a second", cost.rowsASecond());
        report.add("all of them compared within, s", ROWS / cost.rowsASecond());
        report.add("oldest comparison, s", cost.ageSeconds(), INTERVAL.toSeconds());
    }

    private static Cost cost(Setting setting, String feed, Duration interval) throws Exception {
        try (var server = server(setting.database(), interval);
                var jvm = ServerJvm.of(server.process().pid())) {
            var arrivals = new Arrivals();
            arrivals.expect(WINDOWS);
            List<String> windows = Orders.windowsFrom(FIRST, WINDOWS, DAYS, "&mode=changes").stream()
                    .map(path -> path.replace("/" + ENTITY + "/", "/" + feed + "/"))
                    .toList();
            try (var load = new SseLoad(server.port(), windows, arrivals)) {
                arrivals.await(PATIENCE);
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                server.settle();
                if (!interval.isZero()) {
                    awaitRows(setting.orders());
                }
                var database = CpuTime.of(setting.database());
                long rows = setting.orders().rowsRead();
                double serverBefore = server.cpu().seconds();
                double databaseBefore = database.seconds();
                long begin = System.nanoTime();
                TimeUnit.SECONDS.sleep(SECONDS);
                double serverUsed = server.cpu().seconds() - serverBefore;
                double databaseUsed = database.seconds() - databaseBefore;
                double seconds = (System.nanoTime() - begin) / 1e9;
                load.requireAll();
                return new Cost(
                        100 * serverUsed / seconds,
                        100 * databaseUsed / seconds,
                        (setting.orders().rowsRead() - rows) / seconds,
                        jvm.audit("AgeSeconds"));
            }
        }
    }

    private static void awaitRows(Orders orders) throws Exception {
        long before = orders.rowsRead();
        long end = System.nanoTime() + WARM_UP_LIMIT.toNanos();
        while (orders.rowsRead() - before < WARM_UP_ROWS) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The audit compares nothing");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static MeasuredServer server(TestDatabase database, Duration interval) throws Exception {
        var settings = Servers.tableFeed(TABLE);
        settings.put("livespan.audit.interval", interval.toString());
        return Servers.livespan(database, "1g", settings);
    }
}
