package org.livespan.stream;

import java.time.Instant;
import org.livespan.live.Result;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window.Present;
import org.livespan.live.WindowUpdate;

/** A window at one state of its feed, as events that all its clients share. */
final class WindowState {

    private final long version;
    private final StreamEvent result;
    private final StreamEvent snapshot;
    private final StreamEvent change;
    private final StreamEvent positionedChange;

    private WindowState(
            long version,
            Result result,
            Instant heard,
            UnsentBytes room,
            StreamEvent change,
            StreamEvent positionedChange) {
        this.version = version;
        this.result = StreamEvent.result(result, heard, room);
        this.snapshot = StreamEvent.snapshot(result, heard, room);
        this.change = change;
        this.positionedChange = positionedChange;
    }

    /** @param room the memory for large results that several clients share */
    static WindowState of(Present present, UnsentBytes room) {
        return new WindowState(present.version(), present.result(), null, room, null, null);
    }

    /** @param room for large results that several clients share */
    static WindowState of(WindowUpdate update, UnsentBytes room) {
        return new WindowState(
                update.version(),
                update.result(),
                update.heard(),
                room,
                StreamEvent.change(update, false),
                StreamEvent.change(update, true));
    }

    /** A greater version is later. */
    long version() {
        return version;
    }

    String digest() {
        return result.getId();
    }

    /** The whole result, unnamed. */
    StreamEvent result() {
        return result;
    }

    /** The whole result, for clients that receive changes after it. */
    StreamEvent snapshot() {
        return snapshot;
    }

    /** The differences from the state before; null for a state with which a client begins. */
    StreamEvent change() {
        return change;
    }

    /** The same with the positions of the rows. */
    StreamEvent positionedChange() {
        return positionedChange;
    }
}
