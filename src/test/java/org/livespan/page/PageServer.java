package org.livespan.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/**
 * The server that the page's tests share: it quickly calls rows stale, is not at its usual path where that can be
 * changed, and has its own database. Each test finds it empty.
 */
final class PageServer implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(PageServer.class);

    private Running running;
    private Connection connection;

    private record Running(TestDatabase database, ServerProcess server) implements AutoCloseable {

        static Running start() {
            try {
                var database = TestDatabase.get().createDatabase();
                database.run(Path.of("sql", "livespan.sql"));
                database.run(Path.of("sql", "demo.sql"));
                database.run(Path.of("src", "test", "resources", "page.sql"));
                var setup = TestServer.prepare(
                                "page",
                                database,
                                "livespan.demo=true",
                                "livespan.demo.interval=PT0S",
                                "livespan.stream.heartbeat=PT1S",
                                "livespan.stream.stale-after=PT1S",
                                "livespan.db.check-interval=PT1S",
                                "livespan.feeds=traps",
                                "livespan.feeds.traps.table=public.traps",
                                "livespan.feeds.traps.date-column=at",
                                "livespan.feeds.traps.key=id")
                        .elsewhere("portal/rows");
                return new Running(database, TestServer.start(setup));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("The page's server could not be started", e);
            }
        }

        @Override
        public void close() {
            server.close();
            database.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
        running = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
        connection = running.database().connect();
        execute("truncate orders, traps restart identity");
    }

    @Override
    public void afterEach(ExtensionContext test) throws SQLException {
        connection.close();
    }

    /** @param query with its question mark; or a file, or empty */
    URI page(String query) {
        return running.server().context().resolve(query);
    }

    /** The page with the orders between two days in UTC, in changes mode. */
    URI orders(String startDate, String endDate) {
        return page("?feed=orders&startDate=" + startDate + "&endDate=" + endDate + "&zone=UTC&mode=changes");
    }

    URI ordersOfMay() {
        return orders("2026-05-01", "2026-05-31");
    }

    void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Inserts an order of 42.50 with the next number. */
    void order(String customer, String moment) throws SQLException {
        execute("insert into orders (customer, amount, created_at) values ('" + customer + "', 42.50, '" + moment
                + "')");
    }

    void stopDatabase() {
        running.database().stop();
    }

    void startDatabase() throws SQLException {
        running.database().start();
        connection.close();
        connection = running.database().connect();
    }
}
