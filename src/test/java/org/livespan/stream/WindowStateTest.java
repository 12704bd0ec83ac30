package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window.Present;

/** One state of a window, as the events of both modes. */
class WindowStateTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    @Test
    void an_update_gives_a_result_a_snapshot_and_changes_with_the_same_id() {
        WindowState state = WindowState.of(Results.update(7, "a"), ROOM);
        String digest = Results.of("a").digest();
        assertThat(state.version()).isEqualTo(7);
        assertThat(state.digest()).isEqualTo(digest);
        assertThat(state.result().getId()).isEqualTo(digest);
        assertThat(state.snapshot().getId()).isEqualTo(digest);
        assertThat(state.change().getId()).isEqualTo(digest);
        assertThat(state.result().getName()).isNull();
        assertThat(state.snapshot().getName()).isEqualTo("snapshot");
        assertThat(state.change().getName()).isEqualTo("change");
        assertThat(state.positionedChange().getId()).isEqualTo(digest);
        assertThat(state.positionedChange().getName()).isEqualTo("change");
    }

    @Test
    void each_event_of_a_state_is_made_once_for_all_clients() {
        WindowState state = WindowState.of(Results.update(7, "a"), ROOM);
        assertThat(state.result()).isSameAs(state.result());
        assertThat(state.snapshot()).isSameAs(state.snapshot());
        assertThat(state.change()).isSameAs(state.change());
        assertThat(state.positionedChange()).isSameAs(state.positionedChange());
    }

    @Test
    void the_state_that_a_client_begins_with_has_no_change() {
        WindowState state = WindowState.of(new Present(7, Results.of("a")), ROOM);
        assertThat(state.version()).isEqualTo(7);
        assertThat(state.digest()).isEqualTo(Results.of("a").digest());
        assertThat(state.change()).isNull();
    }
}
