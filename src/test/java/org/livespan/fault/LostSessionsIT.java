package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.Source;
import org.livespan.tool.TakesLong;

/** Sessions are terminated, as by an administrator or by a pooler in between. */
@TakesLong
class LostSessionsIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String END =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like ?";

    @RegisterExtension
    final Installation livespan = new Installation();

    private Watcher may;

    @BeforeEach
    void a_client_watches() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        may = livespan.watch("2026-05-01", "2026-05-31");
    }

    @Test
    void a_row_written_after_the_listening_session_was_terminated_is_shown() throws Exception {
        livespan.readings().query(END, "livespan-listener");
        livespan.readings().insert("2026-05-02 12:00Z");
        livespan.readings().awaitShown(SOON, may, "2026-05-01 00:00+02", "2026-05-31 23:59+02");
        assertThat(livespan.logged("Not listening: ")).hasSize(1);
        await().atMost(PATIENCE)
                .until(() -> livespan.logged(Source.ofThisRun().connected()).size() == 1);
    }

    @Test
    void a_row_written_after_all_sessions_were_terminated_is_shown() throws Exception {
        livespan.readings().query(END, "livespan%");
        livespan.readings().insert("2026-05-02 12:00Z");
        livespan.readings().awaitShown(SOON, may, "2026-05-01 00:00+02", "2026-05-31 23:59+02");
        assertThat(livespan.logged("Not listening: ")).hasSize(1);
        await().atMost(PATIENCE)
                .until(() -> livespan.logged(Source.ofThisRun().connected()).size() == 1);
    }
}
