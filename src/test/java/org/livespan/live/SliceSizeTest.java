package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** How many rows the audit compares at once, depending on how long that takes. */
class SliceSizeTest {

    private static final int LEAST = 250;
    private static final int FIRST = 2_000;
    private static final int MOST = 64_000;
    private static final int SLICES = 50;

    private final SliceSize size = new SliceSize(LEAST, FIRST, MOST);

    @Test
    void it_begins_at_the_given_size() {
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_grows_up_to_the_maximum_while_slices_are_brief() {
        size.took(FIRST, millis(40));
        assertThat(size.rows()).isEqualTo(2 * FIRST);
        comparing(rows -> Duration.ofNanos(rows));
        assertThat(size.rows()).isEqualTo(MOST);
    }

    @Test
    void it_stays_the_same_while_slices_are_neither_brief_nor_long() {
        comparing(rows -> Duration.ofMillis(120));
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_shrinks_to_the_minimum_while_slices_take_long_and_smaller_ones_take_less() {
        size.took(FIRST, millis(300));
        assertThat(size.rows()).isEqualTo(FIRST / 2);
        comparing(rows -> Duration.ofMillis(rows));
        assertThat(size.rows()).isEqualTo(LEAST);
    }

    @Test
    void it_settles_at_a_size_whose_slices_are_neither_brief_nor_long() {
        comparing(rows -> Duration.ofNanos(1_000L * rows));
        assertThat(size.rows()).isBetween(50_000, MOST);
        int rest = size.rows();
        comparing(rows -> Duration.ofNanos(1_000L * rows));
        assertThat(size.rows()).isEqualTo(rest);
    }

    /** As without an index on the date: half as many rows would take the same time, and be queried twice as often. */
    @Test
    void it_grows_where_a_few_rows_take_as_long_as_many() {
        comparing(rows -> Duration.ofSeconds(1).plusNanos(rows));
        assertThat(size.rows()).isGreaterThanOrEqualTo(MOST / 2);
    }

    @Test
    void it_does_not_grow_because_nearly_empty_slices_are_brief() {
        for (int slice = 0; slice < SLICES; slice++) {
            size.took(10, millis(1));
        }
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_shrinks_to_the_minimum_while_comparisons_fail_and_then_reports_that_it_can_shrink_no_further() {
        assertThat(size.failed()).isTrue();
        assertThat(size.rows()).isEqualTo(FIRST / 2);
        for (int slice = 0; slice < SLICES; slice++) {
            size.failed();
        }
        assertThat(size.rows()).isEqualTo(LEAST);
        assertThat(size.failed()).isFalse();
    }

    /** Full slices, each of which takes the given time for its rows. */
    private void comparing(IntFunction<Duration> time) {
        for (int slice = 0; slice < SLICES; slice++) {
            size.took(size.rows(), time.apply(size.rows()).toNanos());
        }
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
