package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** What is sent to a client that asks how long changes take on the server. */
class TimedBacklogTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private static final Instant LONG_AGO = Instant.EPOCH;

    private final TimedBacklog backlog = new TimedBacklog(new NewestResult(null));

    @Test
    void each_event_of_a_commit_is_followed_by_the_time_it_took() {
        backlog.begin(state(1, null));
        assertThat(backlog.take().getName()).isNull();
        assertThat(backlog.take()).isNull();

        backlog.offer(state(2, Instant.now().plusMillis(1)));
        backlog.offer(state(3, Instant.now().plusMillis(1)));
        assertThat(backlog.take().getId()).isEqualTo(Results.of("3").digest());
        StreamEvent timing = backlog.take();
        assertThat(timing.getName()).isEqualTo("timing");
        assertThat(timing.getId())
                .as("a client that comes back names the result")
                .isNull();
        assertThat(timing.getData()).asString().matches("\\{\"elapsed\":-?\\d+\\.\\d+}");
        assertThat(backlog.take()).isNull();
    }

    @Test
    void it_is_empty_once_the_time_of_the_last_event_was_taken() {
        assertThat(backlog.isEmpty()).isTrue();
        backlog.begin(state(1, null));
        assertThat(backlog.isEmpty()).isFalse();
        backlog.take();
        assertThat(backlog.isEmpty()).isTrue();
        backlog.offer(state(2, Instant.now().plusMillis(1)));
        backlog.take();
        assertThat(backlog.isEmpty()).as("the time is still to come").isFalse();
        backlog.take();
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void a_commit_heard_before_the_client_came_is_not_timed() {
        backlog.begin(state(1, LONG_AGO));
        assertThat(backlog.take()).isNotNull();
        assertThat(backlog.take()).isNull();
    }

    @Test
    void a_change_found_without_a_notification_is_not_timed() {
        backlog.begin(state(1, null));
        backlog.take();
        backlog.offer(state(2, null));
        assertThat(backlog.take()).isNotNull();
        assertThat(backlog.take()).isNull();
    }

    private static WindowState state(long version, Instant heard) {
        return WindowState.of(Results.update(version, Long.toString(version), heard), ROOM);
    }
}
