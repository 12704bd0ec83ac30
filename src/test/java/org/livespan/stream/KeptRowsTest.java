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
    void there_is_room_until_so_many_are_kept_and_again_when_some_are_not_any_more() {
        Runnable first = kept.keep(one);
        assertThat(unsent.hasRoomForRows()).isTrue();
        kept.keep(other);
        assertThat(unsent.hasRoomForRows()).isFalse();
        first.run();
        assertThat(unsent.hasRoomForRows()).isTrue();
    }

    @Test
    void the_same_rows_are_kept_once_until_the_last_who_needs_them_has_them() {
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
