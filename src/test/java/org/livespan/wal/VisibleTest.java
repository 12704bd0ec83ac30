package org.livespan.wal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which transactions a snapshot shows. */
class VisibleTest {

    @Test
    void those_that_ended_before_it_and_none_that_was_running_or_came_later() {
        Visible visible = Visible.in("10:20:12,15");
        assertThat(visible.shows(9)).isTrue();
        assertThat(visible.shows(10)).isTrue();
        assertThat(visible.shows(12)).isFalse();
        assertThat(visible.shows(13)).isTrue();
        assertThat(visible.shows(15)).isFalse();
        assertThat(visible.shows(19)).isTrue();
        assertThat(visible.shows(20)).isFalse();
        assertThat(visible.shows(21)).isFalse();
        assertThat(Visible.in("20:20:").shows(19)).isTrue();
        assertThat(Visible.in("20:20:").shows(20)).isFalse();
    }

    @Test
    void across_the_wraparound_of_the_numbers_in_the_log() {
        long epoch = 1L << 32;
        Visible after = Visible.in((epoch - 3) + ":" + (3 * epoch / 3 + 5) + ":" + (epoch - 1) + "," + (epoch + 2));
        assertThat(after.shows((int) (epoch - 4))).isTrue();
        assertThat(after.shows((int) (epoch - 2))).isTrue();
        assertThat(after.shows((int) (epoch - 1))).isFalse();
        assertThat(after.shows(1)).isTrue();
        assertThat(after.shows(2)).isFalse();
        assertThat(after.shows(4)).isTrue();
        assertThat(after.shows(5)).isFalse();
        Visible before = Visible.in((epoch - 1) + ":" + (epoch - 1) + ":");
        assertThat(before.shows((int) (epoch - 2))).isTrue();
        assertThat(before.shows((int) (epoch - 1))).isFalse();
        assertThat(before.shows(3)).isFalse();
        Visible high = Visible.in((5 * epoch + 0xF000_0000L) + ":" + (5 * epoch + 0xF000_0010L) + ":");
        assertThat(high.shows(0xEFFF_FFFF)).isTrue();
        assertThat(high.shows(0xF000_0000)).isTrue();
        assertThat(high.shows(0xF000_0010)).isFalse();
    }
}
