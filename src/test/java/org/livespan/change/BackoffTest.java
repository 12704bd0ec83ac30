package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How long the listener waits before it tries again. */
class BackoffTest {

    private static final long[] CEILINGS = {250, 500, 1_000, 2_000, 4_000, 4_000, 4_000};

    @RepeatedTest(20)
    void each_wait_is_between_half_and_all_of_a_ceiling_that_doubles_up_to_four_seconds() {
        var backoff = new Backoff();
        for (long ceiling : CEILINGS) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(ceiling / 2), Duration.ofMillis(ceiling));
        }
    }

    @Test
    void after_a_success_the_waits_start_over() {
        var backoff = new Backoff();
        for (int i = 0; i < CEILINGS.length; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void nodes_that_lose_a_database_together_do_not_reconnect_together() {
        var waits = new HashSet<Duration>();
        for (int node = 0; node < 100; node++) {
            waits.add(new Backoff().next());
        }
        assertThat(waits).hasSizeGreaterThan(10);
    }
}
