package org.livespan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** Windows of 10,000 rows that nobody has watched are opened, and PostgreSQL answers the same queries with the rows as JSON. */
final class ColdWindow {

    private static final Instant FIRST = Instant.parse("2030-01-01T00:00:00Z");
    private static final int ROWS = 10_000;
    private static final int DAYS = ROWS / 100;
    private static final int WARM_UP = 30;
    private static final int TIMES = 31;
    private static final double GOAL = 1.3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "by-settings";
    private static final String QUERY = "select pg_catalog.json_agg(r order by r.created_at, r.id)::text from orders r"
            + " where r.created_at >= '%s' and r.created_at <= '%s'";

    private ColdWindow() {}

    static void measure(Setting setting) throws Exception {
        setting.orders().add(FIRST, (WARM_UP + TIMES) * ROWS);
        setting.orders().vacuum();
        var settings = Servers.tableFeed(TABLE);
        settings.put("livespan.limits.feed-rows", "1000000");
        settings.put("livespan.refresh.interval", "PT0.001S");
        try (var server = Servers.livespan(setting.database(), "1g", settings);
                var connection = setting.database().connect()) {
            for (String feed : List.of("orders", TABLE)) {
                measure(server, feed, connection, setting.report().under("10,000 rows open cold, "));
            }
        } finally {
            setting.orders().removeFrom(FIRST);
        }
    }

    private static void measure(MeasuredServer server, String feed, Connection connection, Report report)
            throws Exception {
        var windows = new double[TIMES];
        var queries = new double[TIMES];
        for (int i = -WARM_UP; i < TIMES; i++) {
            Instant start = FIRST.plus((long) (WARM_UP + i) * DAYS, ChronoUnit.DAYS);
            double window = open(server, Orders.window(start, DAYS, "").replace("/orders/", "/" + feed + "/"));
            double query = query(connection, start);
            if (i >= 0) {
                windows[i] = window;
                queries[i] = query;
            }
        }
        report.add(feed + ": first event, median, ms", median(windows));
        report.add(feed + ": the query, median, ms", median(queries));
        report.add(feed + ": times the query", median(windows) / median(queries), GOAL);
    }

    private static double open(MeasuredServer server, String path) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(1);
        long begin = System.nanoTime();
        try (var load = new SseLoad(server.port(), List.of(path), arrivals)) {
            double millis = (arrivals.await(PATIENCE)[0] - begin) / 1e6;
            load.requireAll();
            return millis;
        }
    }

    private static double query(Connection connection, Instant start) throws SQLException {
        String query = QUERY.formatted(start, start.plus(DAYS, ChronoUnit.DAYS));
        long begin = System.nanoTime();
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            answer.getString(1);
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
