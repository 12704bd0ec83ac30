package org.livespan.ops;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A task that does nothing, put at the end of an executor's queue to see how long it waits for its turn. */
final class Turn {

    /** When the task was put there, by {@link System#nanoTime()}; guarded by this object's lock. */
    private long since;

    private boolean waiting;

    /** How long the task has been waiting; if it had its turn, it queues anew. */
    synchronized Duration waitingAt(Executor executor) {
        if (!waiting) {
            since = System.nanoTime();
            waiting = true;
            queue(executor);
        }
        return waiting ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
    }

    private void queue(Executor executor) {
        try {
            executor.execute(this::had);
        } catch (RejectedExecutionException | IllegalStateException e) {
            waiting = false; // The server stops
        }
    }

    private synchronized void had() {
        waiting = false;
    }
}
