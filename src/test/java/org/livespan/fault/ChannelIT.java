package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.fault.Installation.PATIENCE;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** What others send on the channel, and how much of it. */
@TakesLong
class ChannelIT {

    private static final Duration SOON = Duration.ofSeconds(10);
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
    void garbage_and_payloads_of_maximum_length_do_no_harm_and_are_logged_at_most_once() throws Exception {
        livespan.readings()
                .execute(
                        "select pg_notify('realtime', '')",
                        "select pg_notify('realtime', repeat('x', 7999))",
                        "select pg_notify('realtime', repeat('[', 7999))",
                        "select pg_notify('realtime', '{\"key\": \"insert\", \"value\": \"' || repeat('|', 7000) || '\"}')",
                        "select pg_notify('realtime', '{\"key\": \"insert\", \"value\": \"public.readings|2026-02-30|2026-02-31\"}')");
        livespan.readings().insert("2026-05-02 12:00Z");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertLoggedOnce();
    }

    @Test
    void a_million_foreign_payloads_send_clients_nothing_and_are_logged_at_most_once() throws Exception {
        int events = may.ids().size();
        for (int batch = 0; batch < 10; batch++) {
            livespan.readings()
                    .execute("select count(pg_notify('realtime', 'not ours ' || n)) from generate_series("
                            + batch * 100_000 + ", " + (batch * 100_000 + 99_999) + ") n");
        }
        livespan.readings().insert("2026-05-02 12:00Z");
        livespan.readings().awaitShown(PATIENCE, may, FIRST, LAST);
        assertThat(may.ids()).hasSize(events + 1);
        assertLoggedOnce();
        assertThat(livespan.logged("OutOfMemoryError")).isEmpty();
    }

    @Test
    void a_gigabyte_of_payloads_does_not_exhaust_the_memory() throws Exception {
        for (int batch = 0; batch < 10; batch++) {
            livespan.readings()
                    .execute("select count(pg_notify('realtime', n || repeat('x', 7900))) from generate_series("
                            + batch * 13_000 + ", " + (batch * 13_000 + 12_999) + ") n");
        }
        livespan.readings().insert("2026-05-02 12:00Z");
        livespan.readings().awaitShown(PATIENCE, may, FIRST, LAST);
        assertThat(livespan.logged("OutOfMemoryError")).isEmpty();
    }

    /** An earlier test may have caused the one line of this minute. */
    private void assertLoggedOnce() throws Exception {
        assertThat(livespan.logged("cannot be read").size()).isLessThanOrEqualTo(1);
        assertThat(livespan.node().logged("cannot be read", 0)).isNotEmpty();
    }
}
