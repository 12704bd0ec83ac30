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

/** The table: 6,000 orders, 100 a day, and windows on it. Marks are orders in the middle of all windows. */
final class Orders implements AutoCloseable {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    /** The date of the marks. */
    static final Instant MIDST = Instant.parse("2026-01-25T12:00:00Z");

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

    /** Adds orders around the marks, whose status is that of their tenant: {@code tenant 1} and so on. */
    void addTenants(int tenants, int rowsEach) throws SQLException {
        execute("insert into orders (customer, amount, status, created_at) select 'Ada Lovelace', n, 'tenant ' || t,"
                + " timestamptz '" + MIDST + "' + n * interval '1 hour' + t * interval '1 s' from generate_series(1, "
                + tenants + ") t, generate_series(1, " + rowsEach + ") n");
        vacuum();
    }

    /** Changes all of them. */
    void touchTenants() throws SQLException {
        execute("update orders set amount = amount + 1 where status like 'tenant %'");
    }

    void removeTenants() throws SQLException {
        execute("delete from orders where status like 'tenant %'");
        vacuum();
    }

    /** Removes the orders from that date on; to be called while nobody watches. */
    void removeFrom(Instant first) throws SQLException {
        execute("delete from orders where created_at >= '" + first + "'");
        vacuum();
    }

    /** So that autovacuum finds nothing to do during a measurement. */
    void vacuum() throws SQLException {
        execute("vacuum analyze orders");
    }

    /** How many rows were read since the server started, by its statistics, which are some seconds behind. */
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

    /** Writes the current mark; returns when it is committed. There is one order with a mark, so the windows do not grow. */
    void writeMark() throws SQLException {
        String current = SseClient.mark(mark);
        if (execute("update orders set customer = '" + current + "' where created_at = '" + MIDST
                        + "' and customer like '~%'")
                == 0) {
            execute("insert into orders (customer, amount, created_at) values ('" + current + "', 1, '" + MIDST + "')");
        }
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Removes the marks; to be called while nobody watches. */
    void clearMarks() throws SQLException {
        execute("delete from orders where customer like '~%'");
    }

    /** Different windows of this many days that begin within the tenth day. */
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

    /** Consecutive windows of this many days. */
    static List<String> windowsFrom(Instant first, int number, int days, String more) {
        return IntStream.range(0, number)
                .mapToObj(i -> window(first.plus(i * days, ChronoUnit.DAYS), days, more))
                .toList();
    }

    /** A window of this many hours with the marks in its middle; an hour is 600 bytes. */
    static String hours(int number) {
        return window(MIDST.minus(number / 2, ChronoUnit.HOURS), MIDST.plus(number / 2, ChronoUnit.HOURS));
    }

    /** The same for days. */
    static String days(int number) {
        return hours(24 * number);
    }

    private static String window(Instant start, Instant end) {
        return "/livespan/api/feeds/orders/stream?startDate=" + start + "&endDate=" + end;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
