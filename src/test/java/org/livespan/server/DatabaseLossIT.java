package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** The database, or the connection to it, is lost and comes back: streams stay open and miss nothing. */
@TakesLong
@OnSharedServer
class DatabaseLossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTENERS = "from pg_stat_activity where application_name = 'livespan-listener'";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;

    @BeforeEach
    void an_order_of_may_is_shown_and_the_listener_is_connected() throws Exception {
        livespan.order("Ada", "05-10");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada");
        awaitListener("none");
    }

    @Test
    void streams_outlive_an_outage_of_the_database_and_new_requests_get_503_until_it_is_back() throws Exception {
        TestDatabase.get().stop();
        try {
            var plain = livespan.get("06-01", "06-30");
            assertProblem(plain, 503);
            assertRetryAfter(plain.headers());
            var stream = Http.get(livespan.stream("startDate", livespan.day("06-01")));
            assertProblem(stream, 503);
            assertRetryAfter(stream.headers());
            assertThat(Http.get(livespan.at("feeds")).statusCode()).isEqualTo(200);

            int before = may.frames().size();
            await().atMost(PATIENCE).until(() -> may.frames().size() > before + 1);
        } finally {
            TestDatabase.get().start();
            livespan.reconnect();
        }

        // At once, before the listener has reconnected
        livespan.order("Emmy", "05-11");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
        await().atMost(PATIENCE).until(() -> livespan.get("06-01", "06-30").statusCode() == 200);
        livespan.order("Grace", "05-12");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "Grace");
        assertThat(may.hasEnded()).isFalse();
    }

    @Test
    void a_restart_of_the_database_without_a_change_sends_nothing() throws Exception {
        var listener = listener();
        TestDatabase.get().stop();
        TestDatabase.get().start();
        livespan.reconnect();
        awaitListener(listener);

        livespan.order("marker", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada", "marker");
    }

    @Test
    void a_change_without_a_notification_is_found_when_the_listener_reconnects() throws Exception {
        livespan.executeUnnoticed(
                "update orders set customer = 'Lovelace' where created_at = '" + livespan.day("05-10 12:00Z") + "'");
        livespan.query("select pg_terminate_backend(pid) " + LISTENERS);

        assertThat(may.next().customers()).containsExactly("Lovelace");
        livespan.order("Emmy", "05-11");
        assertThat(may.next().customers()).containsExactly("Lovelace", "Emmy");
    }

    @Test
    void a_change_right_after_the_listening_session_was_lost_is_seen() throws Exception {
        livespan.query("select pg_terminate_backend(pid) " + LISTENERS);
        livespan.order("Emmy", "05-11");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
    }

    @Test
    void streams_and_requests_survive_the_loss_of_every_connection_at_once() throws Exception {
        livespan.query("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and application_name like 'livespan%'");
        livespan.order("Emmy", "05-11");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy");
        assertThat(livespan.get("05-01", "05-31").statusCode()).isEqualTo(200);
        assertThat(livespan.open("06-01", "06-30").next().data()).isEqualTo("[]");
    }

    /** Waits until a listener other than the former one is connected. */
    private void awaitListener(String former) {
        await().atMost(PATIENCE).until(() -> listener() != null && !listener().equals(former));
    }

    private String listener() throws Exception {
        return livespan.query("select cast(pid as text) " + LISTENERS);
    }
}
