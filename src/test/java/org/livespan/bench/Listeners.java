package org.livespan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.livespan.database.TestDatabase;
import org.postgresql.PGConnection;

/** What nodes cost PostgreSQL by listening: writers of single rows, while more and more sessions listen to their changes. */
final class Listeners {

    private static final int[] LISTENING = {0, 1, 4, 16};
    private static final int[] WRITERS = {1, 8};
    private static final int ROWS = Integer.getInteger("livespan.bench.writes", 4_000);
    private static final int WAIT_MILLIS = 100;
    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");
    private static final String ROW =
            "insert into orders (customer, amount, created_at) values ('Ada Lovelace', 1, '" + LATER + "')";

    private Listeners() {}

    static void measure(Setting setting) throws Exception {
        TestDatabase database = setting.database();
        CpuTime cpu = CpuTime.of(database);
        for (int writers : WRITERS) {
            write(database, writers);
            for (int listening : LISTENING) {
                try (var listeners = new Sessions(database, listening)) {
                    double before = cpu.seconds();
                    long begin = System.nanoTime();
                    write(database, writers);
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    var report = setting.report().under("%d writers, %d listening: ".formatted(writers, listening));
                    report.add("transactions a second", ROWS / seconds);
                    report.add("CPU of the database for a transaction, µs", 1e6 * (cpu.seconds() - before) / ROWS);
                    report.add("notifications heard by each", listeners.heard(), listening == 0 ? 0 : ROWS);
                }
            }
        }
        setting.orders().removeFrom(LATER);
    }

    private static void write(TestDatabase database, int writers) throws Exception {
        var threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Object>> work = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                work.add(() -> {
                    insert(database, ROWS / writers);
                    return null;
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void insert(TestDatabase database, int rows) throws SQLException {
        try (var connection = database.connect();
                var row = connection.prepareStatement(ROW)) {
            for (int i = 0; i < rows; i++) {
                row.executeUpdate();
            }
        }
    }

    /** Listening sessions, each on its own thread. */
    private static final class Sessions implements AutoCloseable {

        private final List<Connection> connections = new ArrayList<>();
        private final int[] heard;

        Sessions(TestDatabase database, int number) throws SQLException {
            heard = new int[number];
            for (int i = 0; i < number; i++) {
                Connection connection = database.connect();
                connections.add(connection);
                try (var statement = connection.createStatement()) {
                    statement.execute("listen realtime");
                }
                int mine = i;
                var thread = new Thread(() -> listen(connection, mine), "listener-" + i);
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void listen(Connection connection, int number) {
            try {
                var notifications = connection.unwrap(PGConnection.class);
                while (true) {
                    var arrived = notifications.getNotifications(WAIT_MILLIS);
                    synchronized (heard) {
                        heard[number] += arrived == null ? 0 : arrived.length;
                    }
                }
            } catch (SQLException e) {
                // Closed
            }
        }

        /** By the one that has heard least; 0 without any. */
        int heard() throws InterruptedException {
            Thread.sleep(5L * WAIT_MILLIS);
            synchronized (heard) {
                return Arrays.stream(heard).min().orElse(0);
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
