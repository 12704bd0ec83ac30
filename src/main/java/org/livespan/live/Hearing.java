package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.livespan.change.ListenBarrier;
import org.livespan.change.ListenerLostException;

/**
 * Waits for the listener beside the first read of a snapshot: only what the snapshot sees has to be heard, so the wait can
 * begin as soon as the snapshot stands.
 */
final class Hearing {

    private static final Logger LOG = System.getLogger(Hearing.class.getName());

    private final FutureTask<Void> task;

    private Hearing(ListenBarrier barrier) {
        task = new FutureTask<>(barrier::await, null);
    }

    /** @param threads run it; if none of them has begun, {@link #await} does it itself */
    static Hearing begin(ListenBarrier barrier, Executor threads) {
        var hearing = new Hearing(barrier);
        try {
            threads.execute(hearing.task);
        } catch (RejectedExecutionException e) {
            LOG.log(DEBUG, "The application is being stopped: {0}", e);
        }
        return hearing;
    }

    /**
     * Returns when every change that was committed before {@link #begin} has been fired.
     *
     * @throws ListenerLostException see {@link ListenBarrier#await}
     */
    void await() {
        task.run();
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListenerLostException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
