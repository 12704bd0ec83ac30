package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** What is sent next to a client that gets changes. */
class ChangesBehindTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private static final int MOST = 16;

    private final ChangesBehind backlog = new ChangesBehind(WindowState::change, null);

    @Test
    void a_snapshot_comes_first_then_each_change_in_turn() {
        backlog.begin(state(1));
        backlog.offer(state(2));
        backlog.offer(state(3));
        assertThat(taken(backlog)).containsExactly("snapshot 1", "change 2", "change 3");
    }

    @Test
    void nothing_is_sent_before_the_client_has_begun() {
        backlog.offer(state(2));
        assertThat(taken(backlog)).isEmpty();
        backlog.begin(state(1));
        assertThat(taken(backlog)).containsExactly("snapshot 1", "change 2");
    }

    @Test
    void an_update_that_is_not_later_than_what_the_client_begins_with_is_dropped() {
        backlog.offer(state(2));
        backlog.offer(state(3));
        backlog.offer(state(4));
        backlog.begin(state(3));
        assertThat(taken(backlog)).containsExactly("snapshot 3", "change 4");
    }

    /** The state is there before anyone is notified of it, and a client may begin with it in between. */
    @Test
    void an_update_that_the_client_began_with_is_not_sent_again() {
        backlog.begin(state(3));
        backlog.offer(state(3));
        backlog.offer(state(4));
        assertThat(taken(backlog)).containsExactly("snapshot 3", "change 4");
    }

    @Test
    void a_client_that_already_has_the_current_result_continues_with_changes() {
        var back = new ChangesBehind(WindowState::change, state(7).digest());
        back.begin(state(7));
        assertThat(taken(back)).isEmpty();
        back.offer(state(8));
        assertThat(taken(back)).containsExactly("change 8");
    }

    @Test
    void a_client_that_has_another_result_begins_with_a_snapshot() {
        var back = new ChangesBehind(WindowState::change, state(6).digest());
        back.begin(state(7));
        back.offer(state(8));
        assertThat(taken(back)).containsExactly("snapshot 7", "change 8");
    }

    @Test
    void up_to_16_changes_are_kept_and_sent_one_by_one() {
        backlog.begin(state(0));
        backlog.take();
        for (int version = 1; version <= MOST; version++) {
            backlog.offer(state(version));
        }
        assertThat(taken(backlog)).hasSize(MOST).startsWith("change 1").endsWith("change " + MOST);
    }

    @Test
    void a_client_that_is_further_behind_is_sent_a_snapshot_instead_of_the_changes_it_missed() {
        backlog.begin(state(0));
        backlog.take();
        for (int version = 1; version <= MOST + 3; version++) {
            backlog.offer(state(version));
        }
        assertThat(taken(backlog)).containsExactly("snapshot 17", "change 18", "change 19");
    }

    @Test
    void no_more_than_16_events_are_kept_for_a_client_that_never_reads() {
        backlog.begin(state(0));
        for (int version = 1; version <= 1_000; version++) {
            backlog.offer(state(version));
        }
        List<String> taken = taken(backlog);
        assertThat(taken).hasSizeLessThanOrEqualTo(MOST).endsWith("change 1000");
        assertThat(taken.get(0)).startsWith("snapshot ");
        assertThat(taken.stream().skip(1)).allMatch(event -> event.startsWith("change "));
    }

    @Test
    void a_change_that_is_undone_before_it_is_sent_is_sent_as_two_changes() {
        backlog.begin(state(1));
        backlog.take();
        backlog.offer(WindowState.of(Results.update(2, "2"), ROOM));
        backlog.offer(WindowState.of(Results.update(3, "1"), ROOM));
        assertThat(taken(backlog)).containsExactly("change 2", "change 1");
    }

    @Test
    void changes_are_sent_in_the_form_that_the_client_asked_for() {
        var positioned = new ChangesBehind(WindowState::positionedChange, null);
        positioned.begin(state(1));
        positioned.take();
        WindowState next = state(2);
        positioned.offer(next);
        assertThat(positioned.take()).isSameAs(next.positionedChange());
    }

    private static List<String> taken(Backlog backlog) {
        var sink = FakeSink.fast();
        var events = new ArrayList<OutboundSseEvent>();
        for (OutboundSseEvent event = backlog.take(); event != null; event = backlog.take()) {
            events.add(event);
        }
        events.forEach(sink::send);
        return sink.shown();
    }

    private static WindowState state(long version) {
        return WindowState.of(Results.update(version, Long.toString(version)), ROOM);
    }
}
