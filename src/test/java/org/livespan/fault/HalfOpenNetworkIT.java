package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Network.Carried.ANSWERS;
import static org.livespan.fault.Network.Carried.QUESTIONS;
import static org.livespan.fault.Network.Whose.LISTENERS;
import static org.livespan.fault.Network.Whose.POOLS;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.Source;
import org.livespan.fault.Network.Carried;
import org.livespan.fault.Network.Whose;
import org.livespan.tool.TakesLong;

/** The network stops carrying what one side sends, and neither side is told. */
@TakesLong
class HalfOpenNetworkIT {

    /** The probe's interval, its time-out, and a moment. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    /** The time-out of an attempt that was under way when the network came back, and the pause before the next. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";

    @RegisterExtension
    final Installation livespan = new Installation();

    private Watcher may;

    @BeforeEach
    void a_client_watches() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        may = livespan.watch("2026-05-01", "2026-05-31");
    }

    @Test
    void a_listener_that_receives_nothing_more_detects_it_and_shows_what_it_missed() throws Exception {
        cut(LISTENERS, ANSWERS);
        awaitFailedAttempt("listener", "I/O error");
        recover();
        assertThat(livespan.logged("Not listening: ")).hasSize(1);
        assertThat(livespan.logged(Source.ofThisRun().connected())).hasSize(1);
    }

    @Test
    void a_listener_whose_queries_do_not_arrive_detects_it_and_shows_what_it_missed() throws Exception {
        cut(LISTENERS, QUESTIONS);
        recover();
        assertThat(livespan.logged("Not listening: ")).hasSize(1);
        assertThat(livespan.logged(Source.ofThisRun().connected())).hasSize(1);
    }

    @Test
    void queries_that_are_not_answered_are_sent_again() throws Exception {
        cut(POOLS, ANSWERS);
        awaitFailedAttempt("database", "timed out");
        recover();
    }

    @Test
    void queries_that_do_not_arrive_are_sent_again() throws Exception {
        cut(POOLS, QUESTIONS);
        recover();
    }

    private void cut(Whose whose, Carried carried) throws Exception {
        livespan.network().cut(whose, carried);
        livespan.readings().insert("2026-05-02 12:00Z");
        await("it says that it is not ready")
                .atMost(NOTICED)
                .until(() -> !livespan.node().isReady());
        livespan.readings().insert("2026-05-03 12:00Z");
    }

    /** Waits until not only an open connection has failed, but also an attempt to open a new one. */
    private void awaitFailedAttempt(String check, String reason) {
        await("an attempt to connect failed")
                .atMost(GIVEN_UP)
                .untilAsserted(
                        () -> assertThat(livespan.node().get("/health/ready").body())
                                .containsPattern("\"" + check + "\"[^}]*" + reason));
    }

    private void recover() throws Exception {
        livespan.network().restore();
        livespan.readings().awaitShown(RECOVERY, may, FIRST, LAST);
        await("ready").atMost(RECOVERY).until(livespan.node()::isReady);
    }
}
