package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** How many rows the audit compares at once, by how long that takes. */
class SliceSizeTest {

    private static final int LEAST = 250;
    private static final int FIRST = 2_000;
    private static final int MOST = 64_000;
    private static final int SLICES = 50;

    private final SliceSize size = new SliceSize(LEAST, FIRST, MOST);

    @Test
    void it_begins_as_it_is_told() {
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_grows_while_a_slice_is_brief() {
        size.took(FIRST, millis(40));
        assertThat(size.rows()).isEqualTo(2 * FIRST);
        comparing(rows -> Duration.ofNanos(rows));
        assertThat(size.rows()).isEqualTo(MOST);
    }

    @Test
    void it_stays_while_a_slice_takes_neither_short_nor_long() {
        comparing(rows -> Duration.ofMillis(120));
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_shrinks_while_a_slice_takes_long_and_a_smaller_one_takes_less() {
        size.took(FIRST, millis(300));
        assertThat(size.rows()).isEqualTo(FIRST / 2);
        comparing(rows -> Duration.ofMillis(rows));
        assertThat(size.rows()).isEqualTo(LEAST);
    }

    @Test
    void it_comes_to_rest_between_the_two() {
        comparing(rows -> Duration.ofNanos(1_000L * rows));
        assertThat(size.rows()).isBetween(50_000, MOST);
        int rest = size.rows();
        comparing(rows -> Duration.ofNanos(1_000L * rows));
        assertThat(size.rows()).isEqualTo(rest);
    }

    /** As where there is no index on the date: half as many rows take the same time, and would be asked for twice as often. */
    @Test
    void it_grows_where_a_few_rows_take_as_long_as_many() {
        comparing(rows -> Duration.ofSeconds(1).plusNanos(rows));
        assertThat(size.rows()).isGreaterThanOrEqualTo(MOST / 2);
    }

    @Test
    void a_slice_that_is_hardly_filled_is_no_reason_to_grow() {
        for (int slice = 0; slice < SLICES; slice++) {
            size.took(10, millis(1));
        }
        assertThat(size.rows()).isEqualTo(FIRST);
    }

    @Test
    void it_shrinks_down_to_the_least_while_nothing_comes_of_it_in_time() {
        assertThat(size.failed()).isTrue();
        assertThat(size.rows()).isEqualTo(FIRST / 2);
        for (int slice = 0; slice < SLICES; slice++) {
            size.failed();
        }
        assertThat(size.rows()).isEqualTo(LEAST);
        assertThat(size.failed()).isFalse();
    }

    /** Full slices, each of which takes as long as its rows do. */
    private void comparing(IntFunction<Duration> time) {
        for (int slice = 0; slice < SLICES; slice++) {
            size.took(size.rows(), time.apply(size.rows()).toNanos());
        }
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
