package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;

/**
 * A query that is cancelled, as the driver does it after {@code livespan.db.query-timeout}. Here the test cancels it,
 * so that it need not wait that long.
 */
@OnSharedServer
class ReadTimeoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CANCEL = "select count(pg_cancel_backend(pid)) from pg_stat_activity"
            + " where application_name = 'livespan' and wait_event_type = 'Lock'";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;
    private Connection canceller;

    @BeforeEach
    void an_order_of_may_is_shown_and_the_table_is_locked() throws Exception {
        livespan.order("Ada", "05-10");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada");
        canceller = livespan.closedAfterwards(TestDatabase.get().connect());
        livespan.execute("begin", "lock table orders in access exclusive mode");
        // All held rows must be read again
        Sql.query(canceller, "select pg_notify('realtime', '{\"key\": \"truncate\", \"value\": \"public.orders||\"}')");
    }

    @AfterEach
    void the_lock_is_released() throws Exception {
        livespan.reconnect();
    }

    @Test
    void a_read_that_takes_too_long_gets_a_problem_and_a_stream_stays_open_and_catches_up() throws Exception {
        livespan.order("Emmy", "05-11");
        assertTakesTooLong(livespan.rows("startDate", livespan.day("05-01")));
        assertTakesTooLong(livespan.stream("startDate", livespan.day("06-01")));
        livespan.execute("commit");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
        await().atMost(PATIENCE).until(() -> livespan.get("05-01", "05-31").statusCode() == 200);
        assertThat(may.hasEnded()).isFalse();
    }

    private void assertTakesTooLong(URI address) {
        var answer = Http.CLIENT.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        await("the answer to a query that was cancelled").atMost(PATIENCE).until(() -> {
            Sql.query(canceller, CANCEL);
            return answer.isDone();
        });
        assertProblem(answer.join(), 503);
        assertThat(answer.join().body()).contains("#read-timeout", "shorter span");
        assertRetryAfter(answer.join().headers());
    }
}
