package org.livespan.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client's place at a window, from its admission until it is gone. */
final class Place implements AutoCloseable {

    private final ResultBroadcaster broadcaster;
    private final CompletableFuture<Void> ready;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    Place(ResultBroadcaster broadcaster, CompletionStage<Void> ready, Runnable release) {
        this.broadcaster = broadcaster;
        this.ready = ready.toCompletableFuture().copy();
        this.release = release;
    }

    ResultBroadcaster broadcaster() {
        return broadcaster;
    }

    /** Completes when there is a result to begin with, or with the reason why there is none. */
    CompletionStage<Void> ready() {
        return ready;
    }

    /** The client is not to wait any more. */
    void refuse(Problem reason) {
        ready.completeExceptionally(reason);
    }

    /** Gives the place back; the second time nothing happens. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
