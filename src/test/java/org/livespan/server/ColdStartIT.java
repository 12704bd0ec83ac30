package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** A server that is started before its database, whose table then turns out not to be watched. */
@TakesLong
class ColdStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MENDS = "select livespan.watch('public.orders', 'created_at');";

    private TestDatabase database;
    private ServerProcess server;

    @BeforeEach
    void the_table_exists_but_is_not_watched() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        execute("select livespan.unwatch('public.orders')", "truncate orders");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        database.start();
        database.close();
    }

    @Test
    void the_server_answers_503_and_recovers_once_the_database_is_up_and_the_table_is_watched() throws Exception {
        database.stop();
        server = TestServer.start("cold", database, "livespan.demo=true", "livespan.demo.interval=PT0.5S");
        for (var path : new String[] {"feeds/orders", "feeds/orders/stream"}) {
            var answer = Http.get(at(path));
            assertProblem(answer, 503);
            assertRetryAfter(answer.headers());
        }

        database.start();
        await().atMost(PATIENCE).until(() -> Http.get(at("feeds/orders")).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> server.log().contains(MENDS));
        assertThat(server.log()).containsOnlyOnce("Not listening:").containsOnlyOnce(MENDS);

        execute(MENDS);
        try (var clients = Clients.hold(1, at("feeds/orders/stream?endDate=2001-12-31"))) {
            var stream = clients.admitted().get(0);
            assertThat(stream.next().data()).isEqualTo("[]");
            execute("insert into orders (customer, amount, created_at) values ('Ada', 1, '2001-01-01Z')");
            assertThat(stream.next().customers()).containsExactly("Ada");
        }
        await("the sample's orders come one after another").atMost(PATIENCE).until(() -> ordersOfTheTrickle() > 2);
    }

    private long ordersOfTheTrickle() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from orders where created_at > '2002-01-01Z'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private URI at(String path) {
        return server.api().resolve(path);
    }

    private void execute(String... statements) throws Exception {
        try (var connection = database.connect()) {
            Sql.execute(connection, statements);
        }
    }
}
