package org.livespan.notify;

import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.livespan.change.Change;
import org.postgresql.PGNotification;

/**
 * Passes on what was heard: a marker to the barrier, every other notification as a {@link Change}.
 *
 * <p>Owned by the listening thread.
 */
final class NotificationDispatch {

    private final String channel;
    private final String markerChannel;
    private final UnreadablePayloads unreadable;
    private final Consumer<String> markers;
    private final Consumer<Change> changes;

    NotificationDispatch(
            String channel,
            String markerChannel,
            UnreadablePayloads unreadable,
            Consumer<String> markers,
            Consumer<Change> changes) {
        this.channel = channel;
        this.markerChannel = markerChannel;
        this.unreadable = unreadable;
        this.markers = markers;
        this.changes = changes;
    }

    /**
     * Equal changes that arrived together are fired once: all were committed before the first of them is fired, so whatever
     * is read because of that one shows all of them.
     */
    void dispatch(List<PGNotification> together) {
        var fired = new HashSet<Change>();
        for (PGNotification notification : together) {
            if (notification.getName().equals(markerChannel)) {
                markers.accept(notification.getParameter());
            } else {
                Change change = read(notification.getParameter());
                if (fired.add(change)) {
                    changes.accept(change);
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
