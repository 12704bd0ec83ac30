package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** What a node does after its start, before there are clients. */
class WarmUpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NO_TIME = Duration.ofSeconds(20);

    private TestDatabase database;
    private ServerProcess server;

    @BeforeEach
    void a_table_with_one_row() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        write("truncate orders", order("Ada"));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void start(String... settings) throws IOException {
        server = TestServer.start("warm", database, settings);
    }

    private void write(String... statements) throws Exception {
        try (var connection = database.connect()) {
            Sql.execute(connection, statements);
        }
    }

    private static String order(String customer) {
        return "insert into orders (customer, amount, created_at) values ('" + customer + "', 1, '2001-05-10Z')";
    }

    private List<String> warmedUp() throws IOException {
        return server.log().lines().filter(line -> line.contains("Warmed up")).toList();
    }

    private URI may(String more) {
        return server.api().resolve("feeds/orders" + more + "?startDate=2001-05-01&endDate=2001-05-31");
    }

    @Test
    void a_node_warms_up_once_and_shows_and_writes_nothing_of_it() throws Exception {
        start("livespan.demo=true", "livespan.demo.interval=PT0S", "livespan.warm-up=PT1S");
        await("warm").atMost(PATIENCE).until(() -> !warmedUp().isEmpty());
        server.awaitReady();
        var feeds = Http.get(server.api().resolve("feeds"));
        assertThat(feeds.body()).contains("orders").doesNotContain("rehearsal");
        assertThat(Http.get(server.health("ready")).body()).doesNotContain("rehearsal");
        assertThat(Http.get(may("")).body()).contains("Ada");
        try (var connection = database.connect()) {
            assertThat(Sql.query(connection, "select count(*) from orders")).isEqualTo("1");
        }
        assertThat(warmedUp()).singleElement().asString().contains("livespan.warm-up");
        assertThat(server.log()).doesNotContain("rehearsal");
    }

    @Test
    @TakesLong
    void clients_that_come_meanwhile_see_each_change() throws Exception {
        start("livespan.demo=true", "livespan.demo.interval=PT0S", "livespan.warm-up=PT30S");
        try (var client = EventStream.open(may("/stream"))) {
            assertThat(client.next().customers()).containsExactly("Ada");
            for (String customer : List.of("Grace", "Emmy", "Alan")) {
                write(order(customer));
                assertThat(client.next().customers()).endsWith(customer);
            }
        }
    }

    @Test
    @TakesLong
    void a_node_to_which_no_client_came_can_be_stopped_meanwhile() throws Exception {
        start("livespan.demo=true", "livespan.demo.interval=PT0S", "livespan.warm-up=PT30S");
        server.awaitReady();
        server.terminate();
        assertThat(server.awaitEnd(NO_TIME)).isTrue();
        assertThat(server.log()).doesNotContain("Warmed up", "warm-up failed", "Shutdown in progress");
    }

    @Test
    @TakesLong
    void a_node_without_a_table_says_nothing_about_it_and_warms_up_all_the_same() throws Exception {
        write("drop table orders");
        start("livespan.demo=true", "livespan.demo.interval=PT0S", "livespan.warm-up=PT1S");
        await("warm").atMost(PATIENCE).until(() -> !warmedUp().isEmpty());
        assertThat(server.log()).doesNotContain("rehearsal");
    }
}
