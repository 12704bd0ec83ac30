package org.livespan.fault;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.livespan.database.TestDatabase;

/** The table {@code readings}, queried and written directly in its database, past any {@link Network}. */
record Readings(TestDatabase database) {

    /** PostgreSQL parses the JSON, so values are compared and not their text. */
    private static final String SHOWN = """
            select cast(? as jsonb) = coalesce(jsonb_agg(to_jsonb(r) order by r.taken_at, r.id), '[]')
              from readings r where r.taken_at >= cast(? as timestamptz) and r.taken_at <= cast(? as timestamptz)""";

    /**
     * Creates an empty table, watches and publishes it. It is truncated as well, which sends a notification, so that no node holds
     * rows of the former table any more. All in one transaction, so that no node sees it unwatched.
     */
    void create() throws SQLException {
        execute(
                "begin",
                "drop table if exists readings",
                "create table readings (id bigint generated always as identity primary key,"
                        + " taken_at timestamptz not null, value numeric)",
                "select livespan.watch('readings', 'taken_at')",
                "select livespan.publish('readings')",
                "truncate readings",
                "commit");
    }

    void insert(String moment) throws SQLException {
        execute("insert into readings (taken_at, value) values ('" + moment + "', random())");
    }

    /** Runs each statement in a transaction of its own unless one was begun. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as text. */
    String query(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    /** Whether the JSON is what psql shows between two moments, both inclusive, in any format that PostgreSQL reads. */
    boolean are(String json, String first, String last) throws SQLException {
        return "t".equals(query(SHOWN, json, first, last));
    }

    /** Waits until the client shows what psql shows, and returns how long that took. */
    Duration awaitShown(Duration atMost, Watcher watcher, String first, String last) {
        Instant begin = Instant.now();
        await("the client shows what psql shows").atMost(atMost).until(() -> are(watcher.shown(), first, last));
        return Duration.between(begin, Instant.now());
    }
}
