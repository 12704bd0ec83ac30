package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Sets of times, compared with a list of their moments. */
class SpanSetTest {

    private static final int ROUNDS = 20_000;
    private static final int LAST = 12;

    @Test
    void spans_that_overlap_or_touch_are_merged() {
        assertThat(set(new Span(5, 9), new Span(1, 4)).spans()).containsExactly(new Span(1, 9));
        assertThat(set(new Span(1, 6), new Span(4, 9)).spans()).containsExactly(new Span(1, 9));
        assertThat(set(new Span(1, 9), new Span(4, 5)).spans()).containsExactly(new Span(1, 9));
    }

    @Test
    void spans_with_a_microsecond_between_them_are_kept_apart_the_earliest_first() {
        assertThat(set(new Span(5, 9), new Span(1, 3)).spans()).containsExactly(new Span(1, 3), new Span(5, 9));
    }

    @Test
    void a_set_of_an_empty_span_is_empty_and_covers_only_empty_spans() {
        assertThat(set(new Span(5, 4))).isEqualTo(SpanSet.NONE);
        assertThat(SpanSet.NONE.isEmpty()).isTrue();
        assertThat(SpanSet.NONE.covers(new Span(5, 4))).isTrue();
        assertThat(SpanSet.NONE.covers(new Span(5, 5))).isFalse();
    }

    @Test
    void spans_that_are_widened_until_they_touch_are_merged() {
        long day = 86_400_000_000L;
        var days = set(new Span(0, 0), new Span(3 * day, 4 * day), new Span(9 * day, 9 * day));
        assertThat(days.widenedBy(2)).isEqualTo(set(new Span(-2 * day, 6 * day), new Span(7 * day, 11 * day)));
        assertThat(SpanSet.ALL.widenedBy(2)).isEqualTo(SpanSet.ALL);
        assertThat(SpanSet.NONE.widenedBy(2)).isEqualTo(SpanSet.NONE);
    }

    @Test
    void a_set_is_longer_than_a_day_if_more_than_a_day_lies_between_its_first_and_its_last_moment() {
        long day = 86_400_000_000L;
        assertThat(set(new Span(5, 5 + day)).isLongerThan(1)).isFalse();
        assertThat(set(new Span(5, 6 + day)).isLongerThan(1)).isTrue();
        assertThat(set(new Span(0, 0), new Span(2 * day, 2 * day)).isLongerThan(1))
                .isTrue();
        assertThat(set(new Span(ColumnTime.MINUS_INFINITY + 1, ColumnTime.INFINITY - 1))
                        .isLongerThan(1))
                .isTrue();
        assertThat(SpanSet.ALL.isLongerThan(1)).isTrue();
        assertThat(SpanSet.NONE.isLongerThan(1)).isFalse();
    }

    @Test
    void all_of_time_minus_a_span_is_what_comes_before_and_after_it() {
        assertThat(SpanSet.ALL.minus(set(new Span(1, 9))).spans())
                .containsExactly(new Span(ColumnTime.MINUS_INFINITY, 0), new Span(10, ColumnTime.INFINITY));
        assertThat(SpanSet.ALL.minus(SpanSet.ALL)).isEqualTo(SpanSet.NONE);
        assertThat(SpanSet.ALL.minus(SpanSet.NONE)).isEqualTo(SpanSet.ALL);
    }

    @Test
    void infinity_belongs_only_to_a_set_that_is_open_on_that_side() {
        var fromFive = set(new Span(5, ColumnTime.INFINITY));
        assertThat(fromFive.contains(ColumnTime.INFINITY)).isTrue();
        assertThat(SpanSet.ALL.minus(fromFive).contains(ColumnTime.INFINITY)).isFalse();
        var untilFive = set(new Span(ColumnTime.MINUS_INFINITY, 5));
        assertThat(untilFive.contains(ColumnTime.MINUS_INFINITY)).isTrue();
        assertThat(SpanSet.ALL.minus(untilFive).contains(ColumnTime.MINUS_INFINITY))
                .isFalse();
    }

    @Test
    void too_many_spans_become_one_from_the_first_moment_to_the_last() {
        var three = set(new Span(1, 2), new Span(4, 5), new Span(7, 8));
        assertThat(three.inAtMost(3)).isEqualTo(three);
        assertThat(three.inAtMost(2)).isEqualTo(set(new Span(1, 8)));
        assertThat(SpanSet.NONE.inAtMost(1)).isEqualTo(SpanSet.NONE);
    }

    @Test
    void every_operation_is_correct_for_each_moment() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            SpanSet one = randomSet(random);
            SpanSet other = randomSet(random);
            Span span = randomSpan(random);
            String what = "seed " + seed + ", round " + round + ": " + one + ", " + other + ", " + span;
            isMadeOf(one.plus(other), what, moment -> one.contains(moment) || other.contains(moment));
            isMadeOf(one.plus(span), what, moment -> one.contains(moment) || span.contains(moment));
            isMadeOf(one.minus(other), what, moment -> one.contains(moment) && !other.contains(moment));
            isMadeOf(one.intersect(other), what, moment -> one.contains(moment) && other.contains(moment));
            isMadeOf(SpanSet.ALL.minus(one), what, moment -> !one.contains(moment));
            assertThat(one.covers(span))
                    .as(what)
                    .isEqualTo(moments().stream().allMatch(moment -> !span.contains(moment) || one.contains(moment)));
        }
    }

    @Test
    void a_set_contains_exactly_the_moments_of_its_spans() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Span> spans = randomSpans(random);
            isMadeOf(
                    SpanSet.of(spans),
                    "seed " + seed + ": " + spans,
                    moment -> spans.stream().anyMatch(span -> span.contains(moment)));
        }
    }

    /** Also checks that the spans are in order, that none is empty, and that no two overlap or touch. */
    @Test
    void its_magnitude_is_that_of_its_length() {
        assertThat(set(new Span(5, 5)).magnitude()).isZero();
        assertThat(set(new Span(0, 999)).magnitude()).isEqualTo(9);
        assertThat(set(new Span(0, 499), new Span(1_000, 1_524)).magnitude()).isEqualTo(10);
        assertThat(SpanSet.ALL.magnitude()).isEqualTo(64);
    }

    private static void isMadeOf(SpanSet set, String what, LongPredicate expected) {
        for (long moment : moments()) {
            if (set.contains(moment) != expected.test(moment)) {
                assertThat(set.contains(moment))
                        .as("%s: %s in %s", what, moment, set)
                        .isEqualTo(!set.contains(moment));
            }
        }
        for (int i = 0; i < set.spans().size(); i++) {
            Span span = set.spans().get(i);
            boolean apart = i == 0 || set.spans().get(i - 1).end() < span.start() - 1;
            assertThat(apart && !span.isEmpty()).as("%s: %s", what, set).isTrue();
        }
    }

    /** All moments in and around the random spans, and the ends of time. */
    private static List<Long> moments() {
        var moments = new ArrayList<Long>();
        for (long moment = -2; moment <= LAST + 2; moment++) {
            moments.add(moment);
        }
        moments.addAll(List.of(
                ColumnTime.MINUS_INFINITY,
                ColumnTime.MINUS_INFINITY + 1,
                ColumnTime.INFINITY - 1,
                ColumnTime.INFINITY));
        return moments;
    }

    private static SpanSet randomSet(Random random) {
        return SpanSet.of(randomSpans(random));
    }

    private static List<Span> randomSpans(Random random) {
        var spans = new ArrayList<Span>();
        for (int i = random.nextInt(5); i > 0; i--) {
            spans.add(randomSpan(random));
        }
        return spans;
    }

    private static Span randomSpan(Random random) {
        long start = random.nextInt(12) == 0 ? ColumnTime.MINUS_INFINITY : random.nextInt(LAST);
        long end = random.nextInt(12) == 0 ? ColumnTime.INFINITY : random.nextInt(LAST);
        return start > end ? new Span(start, start - 1) : new Span(start, end);
    }

    private static SpanSet set(Span... spans) {
        return SpanSet.of(List.of(spans));
    }
}
