package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.postgresql.PGNotification;
import org.postgresql.core.Notification;

/** What becomes of the notifications that arrive together. */
class NotificationDispatchTest {

    private static final String CHANNEL = "realtime";
    private static final String MARKERS = "markers";
    private static final String INSERT = "{\"key\": \"insert\", \"value\": \"public.orders|2026-05-01|2026-05-01\"}";
    private static final String DELETE = "{\"key\": \"delete\", \"value\": \"public.orders|2026-05-01|2026-05-01\"}";

    private final List<Object> heard = new ArrayList<>();

    private final NotificationDispatch dispatch = new NotificationDispatch(
            CHANNEL,
            MARKERS,
            new UnreadablePayloads(),
            heard::add,
            change -> heard.add(change.equals(Change.UNREADABLE) ? "anything" : change.operation()));

    @Test
    void changes_and_markers_are_passed_on_in_their_order() {
        dispatch(change(INSERT), marker("m1"), change(DELETE), marker("m2"));
        assertThat(heard).containsExactly(Operation.INSERT, "m1", Operation.DELETE, "m2");
    }

    @Test
    void of_equal_changes_that_arrive_together_the_first_is_fired() {
        dispatch(change(INSERT), change(DELETE), change(INSERT), marker("m"), change(DELETE));
        assertThat(heard).containsExactly(Operation.INSERT, Operation.DELETE, "m");
    }

    @Test
    void a_change_that_arrives_later_is_fired_again() {
        dispatch(change(INSERT));
        dispatch(change(INSERT));
        assertThat(heard).containsExactly(Operation.INSERT, Operation.INSERT);
    }

    @Test
    void what_cannot_be_read_may_have_meant_anything_and_is_fired_once() {
        dispatch(change("garbage"), change("{}"), marker("m"), change("more garbage"));
        assertThat(heard).containsExactly("anything", "m");
    }

    private void dispatch(PGNotification... together) {
        dispatch.dispatch(Arrays.asList(together));
    }

    private static PGNotification change(String payload) {
        return new Notification(CHANNEL, 1, payload);
    }

    private static PGNotification marker(String text) {
        return new Notification(MARKERS, 1, text);
    }
}
