package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Clients that read nothing, each with its own window of 8 MB or one that it shares with another. */
@TakesLong
@OnSharedServer
class UnreadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 200;
    private static final int WINDOWS = 45;

    /** More than could stay unread on one connection; each of these has its own. */
    private static final int FEW = 12;

    /** The later ones are read once earlier ones, unread for a second, are dropped. */
    private static final int READS = 10;

    private static final long WINDOW = ROWS * 40_000L;
    private static final int READS_AT_ONCE = 2;

    /** What Payara buffers for each client, even after it was dropped, and what is needed to write to it. */
    private static final long EACH = 450_000;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream reader;

    @BeforeEach
    void there_are_large_orders() throws Exception {
        livespan.largeOrders(ROWS, 40_000);
    }

    @Test
    void memory_for_unread_streams_is_bounded_and_other_clients_see_every_change() throws Exception {
        watch("05-01", "05-31");
        try (var jvm = livespan.server().jvm()) {
            long before = jvm.heap();
            long droppedBefore = jvm.streams("Unread");
            for (int i = 0; i < 2 * WINDOWS; i++) {
                livespan.closedAfterwards(UnreadStream.open(livespan.stream(window(i / 2))));
            }
            await("those that are too many are dropped")
                    .atMost(PATIENCE)
                    .until(() -> jvm.streams("Unread") > droppedBefore);
            assertThatOthersSeeChanges();
            assertThat(jvm.heap() - before)
                    .as("more on the heap, in bytes")
                    .isLessThan(Livespan.UNSENT_BYTES / 3 + 2 * WINDOWS * EACH);
        }
    }

    @Test
    void a_few_unread_streams_are_given_the_whole_send_timeout() throws Exception {
        watch("05-01", "05-31");
        try (var jvm = livespan.server().jvm()) {
            long stuck = jvm.streams("Stuck");
            long unread = jvm.streams("Unread");
            for (int i = 0; i < FEW; i++) {
                livespan.closedAfterwards(UnreadStream.open(livespan.stream(window(i))));
            }
            await("dropped after livespan.stream.send-timeout")
                    .atMost(PATIENCE)
                    .until(() -> jvm.streams("Stuck") == stuck + FEW);
            assertThat(jvm.streams("Unread")).isEqualTo(unread);
        }
    }

    @Test
    void memory_for_unread_plain_results_is_bounded_and_other_clients_are_served() throws Exception {
        watch("05-14", "05-16");
        try (var jvm = livespan.server().jvm()) {
            long before = jvm.heap();
            for (int i = 0; i < READS; i++) {
                livespan.closedAfterwards(UnreadStream.open(livespan.rows(window(i))));
            }
            assertThat(jvm.heap() - before)
                    .as("more on the heap, in bytes")
                    .isLessThan(Livespan.UNSENT_BYTES / 3 + READS_AT_ONCE * WINDOW + READS * EACH);
            assertThat(livespan.get("05-13", "05-17").statusCode()).isEqualTo(200);
            assertThatOthersSeeChanges();
        }
    }

    private void watch(String from, String to) throws Exception {
        reader = livespan.open(from, to);
        assertThat(reader.next().customers()).hasSize(ROWS);
    }

    private void assertThatOthersSeeChanges() throws Exception {
        for (int i = 1; i <= 5; i++) {
            livespan.order("change " + i, "05-15");
            assertThat(reader.next().customers()).hasSize(ROWS + i);
        }
    }

    /** Each begins and ends on different days, and contains all rows. */
    private String[] window(int i) {
        return new String[] {
            "startDate", livespan.day("05-%02d".formatted(1 + i % 14)),
            "endDate", livespan.day("05-%02d".formatted(16 + i / 14))
        };
    }
}
