package org.livespan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.livespan.database.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** The table: 6,000 orders, 100 a day, and windows on it. Marks are orders in the midst of all windows. */
final class Orders implements AutoCloseable {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MIDST = Instant.parse("2026-01-25T12:00:00Z");
    private static final int ROWS = 6_000;
    private static final String ROW = "insert into orders (customer, amount, status, created_at, updated_at)"
            + " select 'Ada Lovelace', n %% 500, 'shipped', timestamptz '%s' + n * interval '864 s',"
            + " timestamptz '%s' + n * interval '864 s' from generate_series(0, %d) n";

    private final Connection connection;
    private int mark;

    Orders(TestDatabase database) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setApplicationName("bench");
        connection = source.getConnection();
        execute("truncate orders");
        add(FIRST, ROWS);
        vacuum();
    }

    void add(Instant from, int rows) throws SQLException {
        execute(ROW.formatted(from, from, rows - 1));
    }

    /** While nobody watches: takes away again what was added from then on. */
    void removeFrom(Instant first) throws SQLException {
        execute("delete from orders where created_at >= '" + first + "'");
        vacuum();
    }

    /** So that autovacuum finds nothing to do while something is measured. */
    void vacuum() throws SQLException {
        execute("vacuum analyze orders");
    }

    /** How many rows were looked at since the server began, as its statistics have it some seconds later. */
    long rowsRead() throws SQLException {
        try (var statement = connection.createStatement();
                var read = statement.executeQuery(
                        "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'orders'")) {
            read.next();
            return read.getLong(1);
        }
    }

    int nextMark() {
        return ++mark;
    }

    /** Returns when it is committed. */
    void writeMark() throws SQLException {
        execute("insert into orders (customer, amount, created_at) values ('" + SseClient.mark(mark) + "', 1, '" + MIDST
                + "')");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** While nobody watches: takes the marks away again. */
    void clearMarks() throws SQLException {
        execute("delete from orders where customer like '~%'");
    }

    /** Windows of so many days, no two the same, that begin within the tenth day. */
    static List<String> windows(int number, int days, String more) {
        var paths = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            var start = FIRST.plus(9, ChronoUnit.DAYS).plusSeconds(i);
            paths.add(window(start, days, more));
        }
        return paths;
    }

    static String window(Instant start, int days, String more) {
        return window(start, start.plus(days, ChronoUnit.DAYS)) + more;
    }

    /** Windows of so many days that follow each other. */
    static List<String> windowsFrom(Instant first, int number, int days, String more) {
        return IntStream.range(0, number)
                .mapToObj(i -> window(first.plus(i * days, ChronoUnit.DAYS), days, more))
                .toList();
    }

    /** A window of so many hours with the marks in its midst; an hour is 600 bytes. */
    static String hours(int number) {
        return window(MIDST.minus(number / 2, ChronoUnit.HOURS), MIDST.plus(number / 2, ChronoUnit.HOURS));
    }

    private static String window(Instant start, Instant end) {
        return "/livespan/api/feeds/orders/stream?startDate=" + start + "&endDate=" + end;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
