package org.livespan.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * The backlog of a client that receives changes: those that it has not received, or, if they are too many, a snapshot instead.
 */
final class ChangesBehind implements Backlog {

    private static final int MOST = 16;

    private final Deque<WindowState> behind = new ArrayDeque<>();
    private final Function<WindowState, StreamEvent> change;
    private final String digestShown;
    private boolean begun;
    private long begunAt;
    private boolean snapshotDue;

    /**
     * @param change the form of the changes
     * @param digestShown the digest of the result that the client has, or null
     */
    ChangesBehind(Function<WindowState, StreamEvent> change, String digestShown) {
        this.change = change;
        this.digestShown = digestShown;
    }

    @Override
    public void begin(WindowState present) {
        begun = true;
        begunAt = present.version();
        behind.removeIf(update -> update.version() <= present.version());
        if (!present.digest().equals(digestShown)) {
            behind.addFirst(present);
            snapshotDue = true;
        }
    }

    @Override
    public void offer(WindowState update) {
        if (begun && update.version() <= begunAt) {
            return;
        }
        if (behind.size() == MOST) {
            behind.clear();
            snapshotDue = true;
        }
        behind.addLast(update);
    }

    @Override
    public boolean isEmpty() {
        return !begun || behind.isEmpty();
    }

    @Override
    public StreamEvent take() {
        if (isEmpty()) {
            return null;
        }
        WindowState next = behind.removeFirst();
        boolean snapshot = snapshotDue;
        snapshotDue = false;
        return snapshot ? next.snapshot() : change.apply(next);
    }
}
