package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of the time may be used, here a hundredth. */
class AllowanceTest {

    private static final Duration MOST = Duration.ofSeconds(3);

    private final Allowance allowance = new Allowance(100, MOST, 0);

    @Test
    void time_that_was_saved_up_may_be_used_at_once() {
        allowance.spend(seconds(2), seconds(2));
        assertThat(allowance.rest(seconds(2))).isZero();
        allowance.spend(seconds(1), seconds(3));
        assertThat(allowance.rest(seconds(3))).isZero();
    }

    @Test
    void time_used_beyond_what_was_saved_up_is_followed_by_a_rest_a_hundred_times_as_long() {
        allowance.spend(seconds(5), 0);
        assertThat(allowance.rest(0)).isEqualTo(seconds(200));
        assertThat(allowance.rest(seconds(150))).isEqualTo(seconds(50));
        assertThat(allowance.rest(seconds(200))).isZero();
    }

    @Test
    void no_more_time_is_saved_up_than_the_limit() {
        allowance.spend(seconds(3), seconds(1_000_000));
        assertThat(allowance.rest(seconds(1_000_000))).isZero();
        allowance.spend(1, seconds(1_000_000));
        assertThat(allowance.rest(seconds(1_000_000))).isEqualTo(100);
    }

    @Test
    void it_counts_as_refilled_once_a_fifth_of_the_limit_is_saved_up() {
        assertThat(allowance.isRefilled(0)).isTrue();
        allowance.spend(seconds(3), 0);
        assertThat(allowance.isRefilled(seconds(59))).isFalse();
        assertThat(allowance.isRefilled(seconds(60))).isTrue();
    }

    @Test
    void in_the_long_run_no_more_than_a_hundredth_of_the_time_is_used_however_long_slices_take() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        long now = 0;
        long taken = 0;
        while (now < seconds(10_000)) {
            long slice = random.nextInt(200_000_000);
            now += slice;
            taken += slice;
            allowance.spend(slice, now);
            now += allowance.rest(now) + random.nextInt(1_000_000_000);
        }
        assertThat(taken).as("seed %d", seed).isLessThanOrEqualTo(now / 100 + MOST.toNanos() + 200_000_000);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
