package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When clients are told that their rows may be stale, and when that they are fresh again. */
class StalenessTest {

    private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");

    private final Staleness staleness = new Staleness(Duration.ofSeconds(10));

    @Test
    void a_feed_that_is_current_or_has_been_behind_only_briefly_is_not_reported() {
        assertThat(staleness.look(Optional.empty(), BEGIN)).isNull();
        assertThat(behindAt(0)).isNull();
        assertThat(behindAt(9)).isNull();
    }

    @Test
    void a_feed_that_has_been_behind_for_long_is_reported_as_stale_since_it_fell_behind() {
        var told = behindAt(10);
        assertThat(told.getName()).isEqualTo("stale");
        assertThat(new String(told.getData(), StandardCharsets.UTF_8))
                .isEqualTo("{\"since\":\"2026-11-23T08:00:00Z\"}");
        assertThat(told.getId()).as("the client keeps its Last-Event-ID").isNull();
        assertThat(behindAt(11)).isSameAs(told);
    }

    @Test
    void a_feed_is_fresh_again_once_it_is_current_at_two_checks_in_a_row() {
        var told = behindAt(10);
        assertThat(wellAt(11)).isSameAs(told);
        assertThat(behindAt(12)).isSameAs(told);
        assertThat(wellAt(13)).isSameAs(told);
        assertThat(wellAt(14)).isNull();
        assertThat(wellAt(15)).isNull();
    }

    @Test
    void a_busy_feed_that_is_always_a_second_behind_is_not_stale() {
        for (int second = 0; second < 60; second++) {
            Instant now = BEGIN.plusSeconds(second);
            assertThat(staleness.look(Optional.of(now.minusSeconds(1)), now)).isNull();
        }
    }

    private StreamEvent behindAt(int second) {
        return staleness.look(Optional.of(BEGIN), BEGIN.plusSeconds(second));
    }

    private StreamEvent wellAt(int second) {
        return staleness.look(Optional.empty(), BEGIN.plusSeconds(second));
    }
}
