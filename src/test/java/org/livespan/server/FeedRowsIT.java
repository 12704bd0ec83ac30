package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stranger's window grows when the feed already holds nearly as many rows as it may. */
@OnSharedServer
class FeedRowsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROWS = 1_900;
    private static final int WINDOWS = Livespan.FEED_ROWS / ROWS;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private final List<EventStream> honest = new ArrayList<>();

    @BeforeEach
    void honest_clients_hold_nearly_as_many_rows_as_the_feed_may() throws Exception {
        for (int window = 1; window <= WINDOWS; window++) {
            orders(ROWS, day(window));
            var client = livespan.open(day(window), day(window));
            assertThat(client.next().customers()).hasSize(ROWS);
            honest.add(client);
        }
    }

    @Test
    void only_the_window_that_exceeds_the_row_limit_of_the_feed_is_ended() throws Exception {
        var stranger = livespan.open("06-01", "06-30");
        assertThat(stranger.next().data()).isEqualTo("[]");
        orders(Livespan.FEED_ROWS - WINDOWS * ROWS + 1, "06-15");
        assertEnded(stranger, 503);
        honestClientsAreShownTheTruth();

        livespan.execute("delete from orders where created_at = '" + livespan.day("06-15") + "'");
        assertThat(livespan.open("06-01", "06-30").next().data()).isEqualTo("[]");
    }

    @Test
    void rows_beyond_all_limits_end_the_old_and_new_windows_that_contain_them_and_no_other() throws Exception {
        var old = honest.remove(0);
        var stranger = livespan.open("06-01", "06-30");
        assertThat(stranger.next().data()).isEqualTo("[]");
        livespan.execute("begin");
        orders(2 * Livespan.FEED_ROWS, "06-15");
        orders(2 * Livespan.FEED_ROWS, day(1));
        livespan.execute("commit");
        assertEnded(stranger, 413);
        assertEnded(old, 413);
        honestClientsAreShownTheTruth();
    }

    private static void assertEnded(EventStream stream, int status) throws Exception {
        var error = stream.next();
        assertThat(error.name()).isEqualTo("error");
        assertProblem(error.data(), status);
        await().atMost(PATIENCE).until(stream::hasEnded);
    }

    private void honestClientsAreShownTheTruth() throws Exception {
        for (EventStream client : honest) {
            assertThat(client.hasEnded()).isFalse();
            String day = day(WINDOWS - honest.size() + 1 + honest.indexOf(client));
            livespan.order("Ada", day);
            String shown = client.next().data();
            assertThat(shown).contains("Ada");
            assertThat(livespan.isTable(shown, livespan.day(day), livespan.day(day) + " 23:59:59+00"))
                    .isTrue();
        }
    }

    private static String day(int window) {
        return "05-0" + window;
    }

    private void orders(int number, String monthAndDay) throws Exception {
        livespan.execute("insert into orders (customer, amount, status, created_at) select 'one of many', n, 'new', '"
                + livespan.day(monthAndDay) + "' from generate_series(1, " + number + ") n");
    }
}
