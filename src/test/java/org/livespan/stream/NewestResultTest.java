package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** What is sent next to a client that gets whole results. */
class NewestResultTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private final NewestResult backlog = new NewestResult(null);

    @Test
    void only_the_newest_result_is_sent() {
        WindowState newest = state(3);
        backlog.begin(state(1));
        backlog.offer(state(2));
        backlog.offer(newest);
        assertThat(backlog.take()).isSameAs(newest.result());
        assertThat(backlog.take()).isNull();
    }

    @Test
    void a_result_offered_before_the_client_begins_wins_if_it_is_later() {
        WindowState later = state(3);
        backlog.offer(later);
        backlog.begin(state(2));
        assertThat(backlog.take()).isSameAs(later.result());
    }

    @Test
    void the_result_that_the_client_begins_with_wins_if_it_is_later() {
        WindowState later = state(3);
        backlog.offer(state(2));
        backlog.begin(later);
        assertThat(backlog.take()).isSameAs(later.result());
        assertThat(backlog.take()).isNull();
    }

    @Test
    void a_result_that_the_client_has_is_not_sent() {
        var back = new NewestResult(state(7).digest());
        back.begin(state(7));
        assertThat(back.take()).isNull();
        back.offer(state(8));
        back.offer(WindowState.of(Results.update(9, "7"), ROOM));
        assertThat(back.take()).as("there and back").isNull();
        back.offer(state(10));
        assertThat(back.take()).isNotNull();
    }

    private static WindowState state(long version) {
        return WindowState.of(Results.update(version, Long.toString(version)), ROOM);
    }
}
