package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** A server that is asked to stop ({@code SIGTERM}) while clients of all kinds are connected. */
@TakesLong
class ShutdownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Together more than the network and a server's buffers hold for a client that does not read: 16 MB. */
    private static final int ROWS = 400;

    private TestDatabase database;
    private ServerProcess server;

    @BeforeEach
    void there_is_a_small_window_and_a_large_one() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        try (var connection = database.connect()) {
            Sql.execute(
                    connection,
                    "truncate orders",
                    "insert into orders (customer, amount, created_at) values ('Ada', 1, '2001-05-10Z')",
                    "insert into orders (customer, amount, created_at) select repeat('x', 40000), n, '2001-06-15Z'"
                            + " from generate_series(1, " + ROWS + ") n");
        }
        server = TestServer.start(
                "shutdown",
                database,
                "livespan.demo=true",
                "livespan.demo.interval=PT0S",
                "livespan.stream.heartbeat=PT1S");
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void the_server_stops_in_order_and_in_time_although_a_client_never_reads() throws Exception {
        try (var readers = Clients.hold(5, small(""));
                var followers = Clients.hold(5, small("&mode=changes"), "Accept-Encoding", "gzip");
                var never = UnreadStream.open(large());
                var slow = UnreadStream.openChunked(large())) {
            never.readUntil("id:");
            for (var client : readers.admitted()) {
                assertThat(client.next().customers()).containsExactly("Ada");
            }
            for (var client : followers.admitted()) {
                assertThat(client.next().name()).isEqualTo("snapshot");
            }

            server.terminate();

            assertThat(slow.readLines())
                    .as("the event on its way, and the last chunk")
                    .endsWith("", "", "0", "");
            for (var client : readers.admitted()) {
                await().atMost(PATIENCE).until(client::hasEnded);
            }
            assertThat(readers.admitted()).allMatch(EventStream::hasEndedInOrder);
            assertThat(followers.admitted()).allMatch(EventStream::hasEndedInOrder);
            await("who comes now is not admitted").atMost(PATIENCE).until(() -> status() != 200);
            assertThat(status()).as("refused, or asked to come later").isIn(0, 503);
            assertThat(server.awaitEnd(server.setup().stopLimit())).isTrue();
        }
    }

    /** 0 if the connection fails. */
    private int status() throws InterruptedException {
        try {
            return Http.get(small("")).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private URI small(String more) {
        return server.api().resolve("feeds/orders/stream?startDate=2001-05-01&endDate=2001-05-31" + more);
    }

    private URI large() {
        return server.api().resolve("feeds/orders/stream?startDate=2001-06-01&endDate=2001-06-30");
    }
}
