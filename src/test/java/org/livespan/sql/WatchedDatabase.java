package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.livespan.database.TestDatabase;
import org.postgresql.PGConnection;

/**
 * A fresh database for each test, with {@code sql/livespan.sql} run in it, a writer's connection and a listener's.
 *
 * <p>No test waits for a fixed time: PostgreSQL delivers notifications in commit order, so when a marker sent after a
 * statement arrives, everything that was sent before it has arrived too.
 */
final class WatchedDatabase implements BeforeEachCallback, AfterEachCallback {

    private static final String MARKER_CHANNEL = "marker";
    private static final int PATIENCE_MILLIS = 30_000;

    private final String options;
    private TestDatabase database;
    private Connection writer;
    private Connection listener;

    WatchedDatabase() {
        this("");
    }

    /** @param options as {@code create database} takes them */
    WatchedDatabase(String options) {
        this.options = options;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        database = TestDatabase.get().createDatabase(options);
        writer = database.connect();
        listener = database.connect();
        listen("realtime");
        listen(MARKER_CHANNEL);
        run("livespan.sql");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Connection connection : List.of(writer, listener)) {
            connection.close();
        }
        database.close();
    }

    /** Runs a file of {@code sql/} in one execute on the writer's connection. */
    void run(String file) throws Exception {
        execute(Files.readString(Path.of("sql", file)));
    }

    /** Runs statements on the writer's connection, each in a transaction of its own unless one was begun. */
    void execute(String... statements) throws SQLException {
        try (var statement = writer.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as text. */
    String query(String sql) throws SQLException {
        try (var statement = writer.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    void listen(String channel) throws SQLException {
        try (var statement = listener.createStatement()) {
            statement.execute("listen " + channel);
        }
    }

    /** The payloads that arrived since the last call, in commit order. */
    List<String> heard() throws SQLException {
        var end = UUID.randomUUID().toString();
        try (var statement = listener.createStatement()) {
            statement.execute("notify " + MARKER_CHANNEL + ", '" + end + "'");
        }
        var payloads = new ArrayList<String>();
        while (true) {
            var notifications = listener.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
            assertThat(notifications).as("the marker arrives").isNotEmpty();
            for (var notification : notifications) {
                if (notification.getParameter().equals(end)) {
                    return payloads;
                }
                payloads.add(notification.getParameter());
            }
        }
    }

    /** Discards the notifications that were sent so far. */
    void deafen() throws SQLException {
        heard();
    }

    Connection writer() {
        return writer;
    }

    /** Another connection to the same database; the caller closes it. */
    Connection connect() throws SQLException {
        return database.connect();
    }

    int majorVersion() throws SQLException {
        return writer.getMetaData().getDatabaseMajorVersion();
    }

    /** The payload for an operation on {@code public.orders}. */
    static String orders(String operation, String from, String to) {
        return payload(operation, "public.orders|" + from + "|" + to);
    }

    /** The payload for an update of {@code public.orders} whose old and new dates lie apart. */
    static String ordersMoved(String oldFrom, String oldTo, String newFrom, String newTo) {
        return payload("update", "public.orders|" + String.join("|", oldFrom, oldTo, newFrom, newTo));
    }

    static String payload(String operation, String value) {
        return "{\"key\": \"" + operation + "\", \"value\": \"" + value + "\"}";
    }
}
