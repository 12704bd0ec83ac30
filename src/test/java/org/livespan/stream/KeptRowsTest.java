package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.SharedResult;
import org.livespan.live.UnsentBytes;

/** The rows that plain answers keep in memory. */
class KeptRowsTest {

    private final SharedResult one = Results.shared("a".repeat(60));
    private final SharedResult other = Results.shared("b".repeat(60));
    private final UnsentBytes unsent = Results.room(100);
    private final KeptRows kept = new KeptRows(unsent);

    @Test
    void there_is_room_until_the_limit_is_reached_and_again_once_rows_are_released() {
        Runnable first = kept.keep(one);
        assertThat(unsent.hasRoomForRows()).isTrue();
        kept.keep(other);
        assertThat(unsent.hasRoomForRows()).isFalse();
        first.run();
        assertThat(unsent.hasRoomForRows()).isTrue();
    }

    @Test
    void the_same_rows_are_counted_once_until_the_last_answer_releases_them() {
        Runnable first = kept.keep(one);
        Runnable second = kept.keep(one);
        assertThat(unsent.hasRoomForRows()).isTrue();
        kept.keep(other);
        first.run();
        assertThat(unsent.hasRoomForRows()).isFalse();
        second.run();
        assertThat(unsent.hasRoomForRows()).isTrue();
    }
}
