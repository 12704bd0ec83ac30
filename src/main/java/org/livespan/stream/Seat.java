package org.livespan.stream;

import java.util.concurrent.atomic.AtomicBoolean;

/** A client's seat at a window, until it leaves. */
final class Seat implements AutoCloseable {

    private final ResultBroadcaster broadcaster;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    Seat(ResultBroadcaster broadcaster, Runnable release) {
        this.broadcaster = broadcaster;
        this.release = release;
    }

    ResultBroadcaster broadcaster() {
        return broadcaster;
    }

    /** Gives the seat back; a second call has no effect. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
