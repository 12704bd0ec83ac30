package org.livespan.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.ServerSetup;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/**
 * The one server of the client tests, which soon reports rows as stale, on a database of its own; both can be stopped and
 * started. Each test finds the tables empty.
 */
final class ClientServer implements BeforeEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ClientServer.class);

    private Running running;

    private static final class Running implements AutoCloseable {

        private final TestDatabase database;
        private final ServerSetup setup;
        private ServerProcess server;

        Running() throws IOException, SQLException {
            database = TestDatabase.get().createDatabase();
            database.run(Path.of("sql", "livespan.sql"));
            database.run(Path.of("sql", "demo.sql"));
            database.run(Path.of("src", "test", "resources", "client.sql"));
            setup = TestServer.prepare(
                    "client",
                    database,
                    "livespan.demo=true",
                    "livespan.demo.interval=PT0S",
                    "livespan.limits.clients=20",
                    "livespan.limits.window-rows=5000",
                    "livespan.stream.heartbeat=PT1S",
                    "livespan.stream.stale-after=PT1S",
                    "livespan.db.check-interval=PT1S",
                    "livespan.feeds=sizes,moments,days,commas",
                    "livespan.feeds.sizes.table=public.sizes",
                    "livespan.feeds.sizes.date-column=day",
                    "livespan.feeds.sizes.key=size",
                    "livespan.feeds.moments.table=public.moments",
                    "livespan.feeds.moments.date-column=at",
                    "livespan.feeds.moments.key=name,number",
                    "livespan.feeds.days.table=public.days",
                    "livespan.feeds.days.date-column=at",
                    "livespan.feeds.days.key=id",
                    "livespan.feeds.commas.table=public.commas",
                    "livespan.feeds.commas.date-column=at",
                    "livespan.feeds.commas.key=\"a,b\",id");
            server = TestServer.start(setup);
        }

        /** Returns when it answers. */
        void start() throws IOException {
            server = TestServer.launch(setup);
        }

        @Override
        public void close() {
            server.close();
            database.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
        running = test.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Running.class, key -> run(), Running.class);
        execute("truncate orders, sizes, moments, days, commas restart identity");
    }

    private static Running run() {
        try {
            return new Running();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The server could not be started", e);
        }
    }

    /** @param path without a leading slash */
    URI at(String path) {
        return running.server.at("livespan/" + path);
    }

    void execute(String sql) throws SQLException {
        try (var connection = running.database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Inserts an order of 10.00. */
    void order(String customer, String moment) throws SQLException {
        execute("insert into orders (customer, amount, created_at) values ('" + customer + "', 10.00, '" + moment
                + "')");
    }

    void start() throws IOException {
        running.start();
    }

    /** Kills the server, as a failing machine would. */
    void kill() {
        running.server.kill();
    }

    void stopDatabase() {
        running.database.stop();
    }

    void startDatabase() {
        running.database.start();
    }
}
