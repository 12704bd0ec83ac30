package org.livespan.stream;

import java.util.concurrent.atomic.AtomicBoolean;

/** A client's place at a window, until it leaves. */
final class Place implements AutoCloseable {

    private final ResultBroadcaster broadcaster;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    Place(ResultBroadcaster broadcaster, Runnable release) {
        this.broadcaster = broadcaster;
        this.release = release;
    }

    ResultBroadcaster broadcaster() {
        return broadcaster;
    }

    /** Gives the place back; a second call has no effect. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
