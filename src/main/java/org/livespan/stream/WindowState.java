package org.livespan.stream;

import java.time.Instant;
import org.livespan.live.Result;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window.Present;
import org.livespan.live.WindowUpdate;

/**
 * A window at one state of its feed, as events that all its clients share. Each is made when the first client needs it.
 *
 * <p>The events are guarded by this object's lock.
 */
final class WindowState {

    private final long version;
    private final Result whole;
    private final Instant heard;
    private final UnsentBytes room;

    /** Null for a state with which a client begins. */
    private final WindowUpdate update;

    private StreamEvent result;
    private StreamEvent snapshot;
    private StreamEvent change;
    private StreamEvent positionedChange;

    private WindowState(long version, Result whole, Instant heard, UnsentBytes room, WindowUpdate update) {
        this.version = version;
        this.whole = whole;
        this.heard = heard;
        this.room = room;
        this.update = update;
    }

    /** @param room the memory for large results that several clients share */
    static WindowState of(Present present, UnsentBytes room) {
        return new WindowState(present.version(), present.result(), null, room, null);
    }

    /** @param room for large results that several clients share */
    static WindowState of(WindowUpdate update, UnsentBytes room) {
        return new WindowState(update.version(), update.result(), update.heard(), room, update);
    }

    /** A greater version is later. */
    long version() {
        return version;
    }

    String digest() {
        return whole.digest();
    }

    /** The whole result, unnamed. */
    synchronized StreamEvent result() {
        if (result == null) {
            result = StreamEvent.result(whole, heard, room);
        }
        return result;
    }

    /** The whole result, for clients that receive changes after it. */
    synchronized StreamEvent snapshot() {
        if (snapshot == null) {
            snapshot = StreamEvent.snapshot(whole, heard, room);
        }
        return snapshot;
    }

    /** The differences from the state before; null for a state with which a client begins. */
    synchronized StreamEvent change() {
        if (change == null && update != null) {
            change = StreamEvent.change(update, false);
        }
        return change;
    }

    /** The same with the positions of the rows. */
    synchronized StreamEvent positionedChange() {
        if (positionedChange == null && update != null) {
            positionedChange = StreamEvent.change(update, true);
        }
        return positionedChange;
    }
}
