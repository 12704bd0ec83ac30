package org.livespan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.livespan.monitor.FingerprintStatement;

/** The check of the catalogue for a feed's table: a plain table, and one with two thousand partitions. */
final class Look {

    private static final int PARTITIONS = 2_000;
    private static final int LOOKS = 20;
    private static final int WARM_UP = 3;

    private Look() {}

    static void measure(Setting setting) throws Exception {
        try (var database = setting.database().createDemoDatabase();
                var connection = database.connect()) {
            var report = setting.report().under("look at the feeds' tables, ");
            report.add("a plain table, ms", medianMillis(connection, "orders"));
            partition(connection);
            report.add("2,000 partitions, ms", medianMillis(connection, "measurements"));
        }
    }

    private static void partition(Connection connection) throws SQLException {
        execute(
                connection,
                "create table measurements (id bigint, at timestamptz, value numeric, primary key (at, id))"
                        + " partition by range (at)");
        execute(connection, """
                do $$
                begin
                    for n in 0..%d loop
                        execute format('create table measurements_%%s partition of measurements for values from (%%L) to (%%L)',
                            n, timestamptz '2026-01-01' + n * interval '1 day', timestamptz '2026-01-02' + n * interval '1 day');
                    end loop;
                end $$""".formatted(PARTITIONS - 1));
        execute(connection, "select livespan.watch('measurements', 'at')");
        execute(connection, "vacuum analyze");
    }

    private static double medianMillis(Connection connection, String table) throws SQLException {
        var millis = new double[LOOKS];
        try (var look = connection.prepareStatement(FingerprintStatement.SQL)) {
            look.setString(1, "[" + FingerprintStatement.root(table) + "]");
            for (int i = -WARM_UP; i < LOOKS; i++) {
                long begin = System.nanoTime();
                look.executeQuery().close();
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        return millis[LOOKS / 2];
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
