package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Results that several clients share, and how much memory they may take. */
class SharedBytesTest {

    private static final int SIZE = 100;

    private final UnsentBytes room = Results.room(2 * SIZE);
    private final AtomicInteger rendered = new AtomicInteger();

    @Test
    void they_are_rendered_for_the_second_client_and_shared_with_all_later_ones() {
        SharedBytes bytes = bytes();
        assertThat(bytes.take()).isNull();
        assertThat(rendered).hasValue(0);
        byte[] second = bytes.take();
        assertThat(second).hasSize(SIZE);
        assertThat(bytes.take()).isSameAs(second);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void they_are_not_rendered_again_after_nobody_used_them_for_a_moment() {
        SharedBytes bytes = bytes();
        bytes.take();
        byte[] second = bytes.take();
        bytes.giveBack();
        assertThat(bytes.take()).isSameAs(second);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void they_take_the_same_room_however_many_clients_use_them_until_the_last_gives_them_back() {
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
    void they_are_not_rendered_until_there_is_room_for_them() {
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
    void they_take_no_room_if_they_cannot_be_rendered() {
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
