package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who takes his events at once is written to before those who do not. */
class PromptnessTest {

    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(1);

    private final Promptness promptness = new Promptness();

    @Test
    void who_has_just_come_is_taken_for_slow() {
        assertThat(promptness.nanos()).isEqualTo(Promptness.SLOWEST_NANOS);
    }

    @Test
    void after_some_events_that_he_took_at_once_a_client_is_fast() {
        takeFast();
        assertThat(promptness.nanos()).isEqualTo(FAST);
    }

    @Test
    void after_one_that_took_long_he_is_slow_for_some_events_and_no_slower_than_who_has_just_come() {
        takeFast();
        promptness.took(TimeUnit.MINUTES.toNanos(1));
        assertThat(promptness.nanos()).isEqualTo(Promptness.SLOWEST_NANOS);
        promptness.took(FAST);
        assertThat(promptness.nanos()).isBetween(10 * FAST, Promptness.SLOWEST_NANOS);
        takeFast();
        assertThat(promptness.nanos()).isEqualTo(FAST);
    }

    private void takeFast() {
        for (int event = 0; event < 20; event++) {
            promptness.took(FAST);
        }
    }
}
