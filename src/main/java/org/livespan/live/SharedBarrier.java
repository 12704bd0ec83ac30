package org.livespan.live;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.change.ListenBarrier;
import org.livespan.db.MemoryLoss;

/**
 * Waits for the listener on behalf of all that ask meanwhile: once for all of them, at the cost of one statement.
 *
 * <p>The fields that change are guarded by this object's lock.
 */
final class SharedBarrier {

    /** The statement is a commit with a notification, and in PostgreSQL these wait for one another. */
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final ListenBarrier barrier;
    private final ScheduledExecutorService executor;
    private CompletableFuture<Void> next;
    private long notBefore = System.nanoTime();

    /** @param executor with one thread, so that requests gather meanwhile */
    SharedBarrier(ListenBarrier barrier, ScheduledExecutorService executor) {
        this.barrier = barrier;
        this.executor = executor;
    }

    /**
     * @return completes when everything committed before this call has been heard, or with the reason why that is not known;
     *     the same for all calls until the listener is waited for
     */
    synchronized CompletionStage<Void> await() {
        if (next == null) {
            try {
                executor.schedule(this::hear, notBefore - System.nanoTime(), NANOSECONDS);
                next = new CompletableFuture<>();
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedStage(e);
            }
        }
        return next;
    }

    private void hear() {
        CompletableFuture<Void> asked = take();
        try {
            barrier.await();
            asked.complete(null);
        } catch (RuntimeException | Error e) {
            MemoryLoss.tell(e);
            asked.completeExceptionally(e);
        }
    }

    /** Calls from now on are too late for the statement that follows. */
    private synchronized CompletableFuture<Void> take() {
        CompletableFuture<Void> asked = next;
        next = null;
        notBefore = System.nanoTime() + BETWEEN.toNanos();
        return asked;
    }
}
