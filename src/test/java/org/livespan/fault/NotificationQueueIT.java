package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.livespan.fault.Installation.PATIENCE;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** PostgreSQL's notification queue, which drains only as fast as the slowest listening session reads. */
@TakesLong
class NotificationQueueIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";
    private static final String USAGE = "select pg_notification_queue_usage()";
    private static final String FLOOD =
            "select count(pg_notify('realtime', n || repeat('x', 7900))) from generate_series(1, 1000) n";

    /** Little at a time: what a failed writer has queued stays there until another one succeeds. */
    private static final String FILL =
            "select count(pg_notify('somewhere', n || repeat('x', 7900))) from generate_series(1, 2) n";

    @RegisterExtension
    final Installation livespan = new Installation();

    private Watcher may;
    private boolean limited;

    @BeforeEach
    void a_client_watches() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        may = livespan.watch("2026-05-01", "2026-05-31");
    }

    @Test
    void a_queue_filled_by_another_session_is_logged_and_changes_are_shown_once_it_has_drained() throws Exception {
        assumeTrue(
                Integer.parseInt(livespan.readings().query("show server_version_num")) >= 170_000, "its size is fixed");
        limited = true;
        limitQueue("alter system set max_notify_queue_pages = 64");
        try (var guilty = livespan.database().connect();
                var statement = guilty.createStatement()) {
            statement.execute("listen somewhere");
            guilty.setAutoCommit(false);
            statement.execute("select 1");
            assertThatThrownBy(() -> {
                        while (true) {
                            livespan.readings().execute(FILL);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("too many notifications");
            await("told of")
                    .atMost(SOON)
                    .until(() -> livespan.logged("notification queue is").size() == 1);
            assertThat(livespan.node().isReady()).as("it hears and reads").isTrue();
            assertThat(livespan.node().get("/health/ready").body())
                    .containsPattern("\"notificationQueue\":\"?(0\\.[1-9]|1\\.0)");
            guilty.rollback();
        }
        await("emptied")
                .atMost(SOON)
                .until(() -> livespan.logged("notification queue has drained").size() == 1);
        livespan.readings().insert("2026-05-02 12:00Z");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
    }

    @AfterEach
    void the_size_of_the_queue_is_reset() throws Exception {
        if (limited) {
            limitQueue("alter system reset max_notify_queue_pages");
        }
    }

    @Test
    void a_hanging_node_is_disconnected_before_it_fills_the_queue_and_recovers_when_it_resumes() throws Exception {
        livespan.expectTheNodeToHang();
        signal("STOP");
        try {
            await("PostgreSQL ends the session that does not read")
                    .atMost(PATIENCE)
                    .until(() -> {
                        livespan.readings().execute(FLOOD);
                        return livespan.sessions("livespan-listener") == 0;
                    });
        } finally {
            signal("CONT");
        }
        livespan.readings().insert("2026-05-02 12:00Z");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        await("the queue is empty")
                .atMost(SOON)
                .until(() -> "0".equals(livespan.readings().query(USAGE)));
    }

    @Test
    void a_node_that_hangs_for_a_moment_shows_what_was_written_meanwhile() throws Exception {
        livespan.expectTheNodeToHang();
        signal("STOP");
        try {
            for (int write = 0; write < 100; write++) {
                livespan.readings().insert("2026-05-02 12:00:00." + (100 + write) + "Z");
            }
        } finally {
            signal("CONT");
        }
        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(livespan.logged("Not listening")).isEmpty();
    }

    private void limitQueue(String setting) throws Exception {
        livespan.readings().execute(setting);
        livespan.database().stop();
        livespan.database().start();
        await("ready").atMost(PATIENCE).until(livespan.node()::isReady);
    }

    private void signal(String signal) throws Exception {
        String node = Long.toString(livespan.node().pid());
        new ProcessBuilder("kill", "-" + signal, node).start().waitFor();
    }
}
