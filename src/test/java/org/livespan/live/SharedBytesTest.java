package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Results that several clients share, and how much memory may go into them. */
class SharedBytesTest {

    private static final int SIZE = 100;

    private final UnsentBytes room = Results.room(2 * SIZE);
    private final AtomicInteger rendered = new AtomicInteger();

    @Test
    void they_are_put_together_for_the_second_who_asks_and_shared_by_all_others() {
        SharedBytes bytes = bytes();
        assertThat(bytes.take()).isNull();
        assertThat(rendered).hasValue(0);
        byte[] second = bytes.take();
        assertThat(second).hasSize(SIZE);
        assertThat(bytes.take()).isSameAs(second);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void when_they_are_used_by_nobody_for_a_moment_they_are_not_put_together_again() {
        SharedBytes bytes = bytes();
        bytes.take();
        byte[] second = bytes.take();
        bytes.giveBack();
        assertThat(bytes.take()).isSameAs(second);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void they_take_the_same_room_however_many_use_them_until_the_last_gives_them_back() {
        SharedBytes bytes = bytes();
        bytes.take();
        bytes.take();
        bytes.take();
        assertThat(room.takeShared(SIZE)).isTrue();
        assertThat(room.takeShared(1)).isFalse();
        bytes.giveBack();
        assertThat(room.takeShared(1)).isFalse();
        bytes.giveBack();
        assertThat(room.takeShared(SIZE)).isTrue();
        assertThat(room.takeShared(1)).isFalse();
    }

    @Test
    void for_what_has_no_room_nothing_is_put_together_until_there_is_some() {
        List<SharedBytes> inUse = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SharedBytes bytes = bytes();
            bytes.take();
            bytes.take();
            inUse.add(bytes);
        }
        SharedBytes third = bytes();
        for (int user = 0; user < 3; user++) {
            assertThat(third.take()).isNull();
        }
        assertThat(rendered).hasValue(2);
        inUse.get(0).giveBack();
        assertThat(third.take()).hasSize(SIZE);
    }

    @Test
    void what_cannot_be_put_together_takes_no_room() {
        var bytes = new SharedBytes(room, () -> 2 * SIZE, () -> {
            throw new OutOfMemoryError("for the test");
        });
        bytes.take();
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(bytes::take);
        assertThat(room.takeShared(2 * SIZE)).isTrue();
    }

    private SharedBytes bytes() {
        return new SharedBytes(room, () -> SIZE, () -> {
            rendered.incrementAndGet();
            return new byte[SIZE];
        });
    }
}
