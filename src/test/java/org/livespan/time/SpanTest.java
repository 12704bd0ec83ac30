package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** A closed interval: both of its ends belong to it. */
class SpanTest {

    private static final Span SECOND_TO_FIFTH = Span.between(day(2), day(5));

    @Test
    void spans_that_share_a_moment_overlap() {
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(day(5), day(9)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(day(1), day(2)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(day(3), day(3)))).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(day(1), day(9)))).isTrue();
    }

    @Test
    void spans_a_microsecond_apart_do_not_overlap() {
        LocalDateTime after = day(5).plusNanos(1_000);
        LocalDateTime before = day(2).minusNanos(1_000);
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(after, day(9)))).isFalse();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.between(day(1), before))).isFalse();
    }

    @Test
    void a_span_that_is_open_on_a_side_overlaps_everything_on_that_side() {
        assertThat(Span.between(day(5), null).overlaps(Span.between(day(9), day(9))))
                .isTrue();
        assertThat(Span.between(day(5), null).overlaps(Span.between(day(1), day(4))))
                .isFalse();
        assertThat(Span.between(null, day(5)).overlaps(Span.between(day(1), day(1))))
                .isTrue();
        assertThat(Span.between(null, day(5)).overlaps(Span.between(day(6), null)))
                .isFalse();
        assertThat(Span.between(null, day(5)).overlaps(Span.between(null, day(1))))
                .isTrue();
    }

    @Test
    void all_of_time_overlaps_everything() {
        assertThat(Span.ANY.overlaps(Span.ANY)).isTrue();
        assertThat(Span.ANY.overlaps(SECOND_TO_FIFTH)).isTrue();
        assertThat(SECOND_TO_FIFTH.overlaps(Span.ANY)).isTrue();
    }

    @Test
    void overlap_is_symmetric() {
        var spans = new Span[] {
            Span.ANY,
            SECOND_TO_FIFTH,
            Span.between(day(5), null),
            Span.between(null, day(1)),
            Span.between(day(6), day(7))
        };
        for (Span one : spans) {
            for (Span other : spans) {
                assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(other.overlaps(one));
            }
        }
    }

    @Test
    void widening_moves_both_ends_and_leaves_open_sides_open() {
        assertThat(SECOND_TO_FIFTH.widenedBy(1)).isEqualTo(Span.between(day(1), day(6)));
        assertThat(Span.between(null, day(5)).widenedBy(2)).isEqualTo(Span.between(null, day(7)));
        assertThat(Span.ANY.widenedBy(2)).isEqualTo(Span.ANY);
    }

    @Test
    void a_span_that_ends_days_before_it_starts_is_refused_with_both_of_its_ends() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.between(day(5), day(2)))
                .withMessageContaining(Long.toString(ColumnTime.of(day(5))))
                .withMessageContaining(Long.toString(ColumnTime.of(day(2))));
    }

    @Test
    void a_span_that_ends_a_microsecond_before_it_starts_is_empty_and_overlaps_nothing() {
        var empty = new Span(5, 4);
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.contains(5)).isFalse();
        assertThat(empty.contains(4)).isFalse();
        assertThat(empty.overlaps(Span.ANY)).isFalse();
        assertThat(Span.ANY.overlaps(empty)).isFalse();
        assertThat(new Span(5, 5).isEmpty()).isFalse();
        assertThat(Span.ANY.isEmpty()).isFalse();
    }

    @Test
    void a_span_contains_both_of_its_ends() {
        assertThat(new Span(2, 5).contains(2)).isTrue();
        assertThat(new Span(2, 5).contains(5)).isTrue();
        assertThat(new Span(2, 5).contains(1)).isFalse();
        assertThat(new Span(2, 5).contains(6)).isFalse();
        assertThat(Span.ANY.contains(ColumnTime.INFINITY)).isTrue();
        assertThat(Span.ANY.contains(ColumnTime.MINUS_INFINITY)).isTrue();
    }

    @Test
    void widening_stops_at_infinity() {
        assertThat(new Span(ColumnTime.MINUS_INFINITY + 1, ColumnTime.INFINITY - 1).widenedBy(2))
                .isEqualTo(Span.ANY);
    }

    private static LocalDateTime day(int dayOfNovember) {
        return LocalDateTime.of(2026, 11, dayOfNovember, 0, 0);
    }
}
