package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** A closed interval: both of its ends belong to it. */
class SpanTest {

    private static final Span SECOND_TO_FIFTH = new Span(day(2), day(5));

    @Test
    void spans_that_share_one_moment_overlap() {
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(day(5), day(9)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(day(1), day(2)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(day(3), day(3)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(day(1), day(9)))).isTrue();
    }

    @Test
    void spans_a_microsecond_apart_do_not() {
        LocalDateTime after = day(5).plusNanos(1_000);
        LocalDateTime before = day(2).minusNanos(1_000);
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(after, day(9)))).isFalse();
        assertThat(SECOND_TO_FIFTH.overlaps(new Span(day(1), before))).isFalse();
    }

    @Test
    void an_open_side_reaches_for_ever() {
        assertThat(new Span(day(5), null).overlaps(new Span(day(9), day(9)))).isTrue();
        assertThat(new Span(day(5), null).overlaps(new Span(day(1), day(4)))).isFalse();
        assertThat(new Span(null, day(5)).overlaps(new Span(day(1), day(1)))).isTrue();
        assertThat(new Span(null, day(5)).overlaps(new Span(day(6), null))).isFalse();
        assertThat(new Span(null, day(5)).overlaps(new Span(null, day(1)))).isTrue();
    }

    @Test
    void all_of_time_overlaps_everything() {
        assertThat(Span.ANY.overlaps(Span.ANY)).isTrue();
        assertThat(Span.ANY.overlaps(SECOND_TO_FIFTH)).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.ANY)).isTrue();
    }

    @Test
    void overlapping_is_mutual() {
        var spans = new Span[] {
            Span.ANY, SECOND_TO_FIFTH, new Span(day(5), null), new Span(null, day(1)), new Span(day(6), day(7))
        };
        for (Span one : spans) {
            for (Span other : spans) {
                assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(other.overlaps(one));
            }
        }
    }

    @Test
    void widening_moves_both_ends_and_leaves_open_sides_open() {
        assertThat(SECOND_TO_FIFTH.widenedBy(1)).isEqualTo(new Span(day(1), day(6)));
        assertThat(new Span(null, day(5)).widenedBy(2)).isEqualTo(new Span(null, day(7)));
        assertThat(Span.ANY.widenedBy(2)).isEqualTo(Span.ANY);
    }

    @Test
    void a_change_that_ends_before_it_starts_is_no_span() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span(day(5), day(2)))
                .withMessageContaining("2026-11-05")
                .withMessageContaining("2026-11-02");
    }

    private static LocalDateTime day(int dayOfNovember) {
        return LocalDateTime.of(2026, 11, dayOfNovember, 0, 0);
    }
}
