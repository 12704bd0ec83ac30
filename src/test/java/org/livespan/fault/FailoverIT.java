package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.Source;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;
import org.livespan.tool.TakesLong;

/** Two database servers in one URL: the primary fails, and its standby takes over. */
@TakesLong
class FailoverIT {

    /** Counted from the promotion. */
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private static final int FIRST_PORT = 18_870;
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";

    private EmbeddedDatabase primary;
    private EmbeddedDatabase standby;
    private Node node;

    @BeforeEach
    void a_primary_a_standby_and_a_node_that_knows_both() throws Exception {
        var directory = Path.of("target", "postgres", "failover");
        primary = new EmbeddedDatabase(directory, FreePort.from(FIRST_PORT));
        primary.start();
        primary.run(Path.of("sql", "livespan.sql"));
        new Readings(primary).create();
        standby = primary.standby(directory.resolveSibling("failover-standby"), FreePort.from(primary.port() + 1));
        standby.start();
        // The standby first, so that the node has to look for the primary
        var hosts = "localhost:" + standby.port() + ",localhost:" + primary.port();
        node = Node.start("failover", Installation.settings(primary, hosts)).awaitReady();
    }

    @AfterEach
    void stop() {
        for (AutoCloseable one : new AutoCloseable[] {node, standby, primary}) {
            close(one);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clients_stay_connected_and_show_what_is_written_to_the_promoted_standby() throws Exception {
        new Readings(primary).insert("2026-05-01 12:00Z");
        try (var may = Watcher.open(node.at(Installation.stream("2026-05-01", "2026-05-31")), null);
                var liveness = Liveness.watch(node)) {
            var after = new Readings(standby);
            await("replicated").atMost(PATIENCE).until(() -> after.are(may.shown(), FIRST, LAST));

            primary.crash();
            await("not ready").atMost(PATIENCE).until(() -> !node.isReady());
            assertThat(node.get("/health/ready").body()).contains("\"reason\"");
            assertThat(after.query("select pg_promote()")).isEqualTo("t");
            after.insert("2026-05-02 12:00Z");

            after.awaitShown(RECOVERY, may, FIRST, LAST);
            await("ready").atMost(RECOVERY).until(node::isReady);
            after.insert("2026-05-03 12:00Z");
            after.awaitShown(RECOVERY, may, FIRST, LAST);
            assertThat(may.hasEnded()).isFalse();
            assertThat(liveness.failures()).isEmpty();
            assertThat(node.logged("Not listening: ", 0)).hasSize(1);
            assertThat(node.logged(Source.ofThisRun().connected(), 0)).hasSize(2);
        }
    }
}
