package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that takes its events at once is written to before those that do not. */
class TransitTest {

    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(1);

    private final Transit transit = new Transit();

    @Test
    void a_new_client_is_assumed_to_be_slow() {
        assertThat(transit.usualNanos()).isEqualTo(Transit.SLOWEST_NANOS);
    }

    @Test
    void a_client_counts_as_fast_after_it_has_taken_some_events_at_once() {
        takeFast();
        assertThat(transit.usualNanos()).isEqualTo(FAST);
    }

    @Test
    void after_one_slow_event_a_client_is_slow_for_some_events_and_no_slower_than_a_new_one() {
        takeFast();
        transit.took(TimeUnit.MINUTES.toNanos(1));
        assertThat(transit.usualNanos()).isEqualTo(Transit.SLOWEST_NANOS);
        transit.took(FAST);
        assertThat(transit.usualNanos()).isBetween(10 * FAST, Transit.SLOWEST_NANOS);
        takeFast();
        assertThat(transit.usualNanos()).isEqualTo(FAST);
    }

    private void takeFast() {
        for (int event = 0; event < 20; event++) {
            transit.took(FAST);
        }
    }
}
