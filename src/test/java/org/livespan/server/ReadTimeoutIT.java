package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL itself, by its {@code statement_timeout}, ends reads that take too long: here those that wait for a lock. */
class ReadTimeoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;

    @BeforeEach
    void statements_are_given_a_second() throws Exception {
        livespan.order("Ada", "05-10");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada");
        limitStatements("set statement_timeout = '1s'");
    }

    @AfterEach
    void statements_are_given_all_the_time_they_want() throws Exception {
        livespan.reconnect();
        limitStatements("reset statement_timeout");
    }

    @Test
    void who_asks_for_rows_that_take_too_long_is_told_so_and_a_stream_stays_open_and_catches_up() throws Exception {
        livespan.execute("begin", "lock table orders in access exclusive mode");
        livespan.order("Emmy", "05-11");
        assertTakesTooLong(livespan.get("05-01", "05-31"));
        assertTakesTooLong(Http.get(livespan.stream("startDate", livespan.day("06-01"))));
        livespan.execute("commit");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
        await().atMost(PATIENCE).until(() -> livespan.get("05-01", "05-31").statusCode() == 200);
        assertThat(may.hasEnded()).isFalse();
    }

    private static void assertTakesTooLong(HttpResponse<String> answer) {
        assertProblem(answer, 503);
        assertThat(answer.body()).contains("#read-timeout", "shorter span");
        assertRetryAfter(answer.headers());
    }

    /** In sessions that are opened from now on, so the server's are ended. */
    private void limitStatements(String change) throws Exception {
        livespan.execute("do $$ begin execute format('alter database %I " + change.replace("'", "''")
                + "', current_database()); end $$");
        livespan.query("select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and application_name = 'livespan'");
    }
}
