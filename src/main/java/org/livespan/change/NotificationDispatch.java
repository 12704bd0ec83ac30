package org.livespan.change;

import jakarta.enterprise.event.Event;
import java.util.HashSet;
import java.util.List;
import org.postgresql.PGNotification;

/**
 * Passes on what was heard: a marker to the barrier, every other notification as a {@link Change}.
 *
 * <p>Owned by the listening thread.
 */
final class NotificationDispatch {

    private final String channel;
    private final ListenBarrier barrier;
    private final Event<Change> changes;
    private final UnreadablePayloads unreadable = new UnreadablePayloads();

    NotificationDispatch(String channel, ListenBarrier barrier, Event<Change> changes) {
        this.channel = channel;
        this.barrier = barrier;
        this.changes = changes;
    }

    /**
     * Equal changes that arrived together are fired once: all were committed before the first of them is fired, so whatever
     * is read because of that one shows all of them.
     */
    void dispatch(List<PGNotification> together) {
        var fired = new HashSet<Change>();
        for (PGNotification notification : together) {
            if (notification.getName().equals(barrier.channel())) {
                barrier.heard(notification.getParameter());
            } else {
                Change change = read(notification.getParameter());
                if (fired.add(change)) {
                    changes.fire(change);
                }
            }
        }
    }

    private Change read(String payload) {
        try {
            return ChangePayload.read(payload);
        } catch (UnreadablePayloadException e) {
            unreadable.count(channel, payload, e);
            return Change.UNREADABLE;
        }
    }
}
