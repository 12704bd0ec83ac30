package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.Source;
import org.livespan.tool.TakesLong;

/** The database goes down for a while and comes back, while a writer waits for it. */
@TakesLong
class OutageIT {

    /** {@code -Dlivespan.test.outage} makes it longer, such as {@code PT30S}. */
    private static final Duration OUTAGE = Duration.parse(System.getProperty("livespan.test.outage", "PT3S"));

    /** Counted from when the database accepts connections again. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

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
    void after_a_fast_shutdown_clients_show_what_was_written_when_the_database_came_back() throws Exception {
        survive(livespan.database()::stop);
    }

    @Test
    void after_an_immediate_shutdown_clients_show_what_was_written_when_the_database_came_back() throws Exception {
        survive(livespan.database()::stopAtOnce);
    }

    @Test
    void after_a_crash_clients_show_what_was_written_when_the_database_came_back() throws Exception {
        survive(livespan.database()::crash);
    }

    private void survive(Runnable end) throws Exception {
        end.run();
        try (var writer = WaitingWriter.start(livespan, "2026-05-02 12:00Z")) {
            await("it says that it is not ready")
                    .atMost(PATIENCE)
                    .until(() -> !livespan.node().isReady());
            assertThat(livespan.node().get("/health/ready").body())
                    .contains("\"listener\"", "\"DOWN\"", "\"since\"", "\"reason\"");
            await("its clients are told")
                    .atMost(PATIENCE)
                    .until(() -> may.told().equals(List.of("stale")));
            long said = livespan.node().lines();
            Instant quiet = Instant.now();
            await().atMost(OUTAGE.plus(PATIENCE)).until(() -> Instant.now().isAfter(quiet.plus(OUTAGE)));
            assertThat(livespan.node().lines()).as("no line for each attempt").isEqualTo(said);
            livespan.database().start();
            await("the writer").atMost(PATIENCE).until(writer::hasWritten);
            livespan.readings().awaitShown(RECOVERY, may, FIRST, LAST);
            await("ready").atMost(RECOVERY).until(livespan.node()::isReady);
            await("its clients are told")
                    .atMost(RECOVERY)
                    .until(() -> may.told().equals(List.of("stale", "fresh")));
            assertThat(may.shownWhenTold()).as("what is fresh").isEqualTo(may.shown());
        }
        assertThat(livespan.logged("Not listening: ")).hasSize(1);
        assertThat(livespan.logged(Source.ofThisRun().connected())).hasSize(1);
    }
}
