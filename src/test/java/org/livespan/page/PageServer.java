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
import org.livespan.appserver.ServerSetup;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/**
 * The server that the tests of the page and of the clients share: it soon reports rows as stale, is not at its usual path
 * where that can be changed, and has its own database. Both can be stopped and started. Each test finds the tables empty.
 */
public final class PageServer implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(PageServer.class);

    private Running running;
    private Connection connection;

    private static final class Running implements AutoCloseable {

        private final TestDatabase database;
        private final ServerSetup setup;
        private ServerProcess server;

        Running() throws IOException, SQLException {
            database = TestDatabase.get().createDemoDatabase();
            database.run(Path.of("src", "test", "resources", "page.sql"));
            database.run(Path.of("src", "test", "resources", "client.sql"));
            setup = TestServer.prepare(
                            "page",
                            database,
                            "livespan.demo=true",
                            "livespan.demo.interval=PT0S",
                            "livespan.limits.clients=20",
                            "livespan.limits.window-rows=5000",
                            "livespan.stream.heartbeat=PT1S",
                            "livespan.stream.stale-after=PT1S",
                            "livespan.db.check-interval=PT1S",
                            "livespan.feeds=traps,sizes,times,zoneless,quoted",
                            "livespan.feeds.traps.table=public.traps",
                            "livespan.feeds.traps.date-column=at",
                            "livespan.feeds.traps.key=id",
                            "livespan.feeds.sizes.table=public.sizes",
                            "livespan.feeds.sizes.date-column=day",
                            "livespan.feeds.sizes.key=size",
                            "livespan.feeds.times.table=public.times",
                            "livespan.feeds.times.date-column=at",
                            "livespan.feeds.times.key=name,number",
                            "livespan.feeds.zoneless.table=public.zoneless",
                            "livespan.feeds.zoneless.date-column=at",
                            "livespan.feeds.zoneless.key=id",
                            "livespan.feeds.quoted.table=public.quoted",
                            "livespan.feeds.quoted.date-column=at",
                            "livespan.feeds.quoted.key=\"a,b\",id")
                    .elsewhere("portal/rows");
            server = TestServer.start(setup);
        }

        static Running start() {
            try {
                return new Running();
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
        connection = running.database.connect();
        execute("truncate orders, traps, sizes, times, zoneless, quoted restart identity");
    }

    @Override
    public void afterEach(ExtensionContext test) throws SQLException {
        connection.close();
    }

    /** @param path relative to Livespan's page: with its question mark if it is a query, or empty */
    public URI page(String path) {
        return running.server.context().resolve(path);
    }

    /** The page with the orders between two days in UTC, in changes mode. */
    URI orders(String startDate, String endDate) {
        return page("?feed=orders&startDate=" + startDate + "&endDate=" + endDate + "&zone=UTC&mode=changes");
    }

    URI ordersOfMay() {
        return orders("2026-05-01", "2026-05-31");
    }

    public void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Inserts an order of 42.50 with the next number. */
    public void order(String customer, String moment) throws SQLException {
        execute("insert into orders (customer, amount, created_at) values ('" + customer + "', 42.50, '" + moment
                + "')");
    }

    /** Kills the server, as a failing machine would. */
    public void kill() {
        running.server.kill();
    }

    /** Starts the server again, and returns when it answers. */
    public void start() throws IOException {
        running.server = TestServer.launch(running.setup);
    }

    public void stopDatabase() {
        running.database.stop();
    }

    public void startDatabase() throws SQLException {
        running.database.start();
        connection.close();
        connection = running.database.connect();
    }
}
