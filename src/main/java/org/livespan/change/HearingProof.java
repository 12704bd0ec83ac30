package org.livespan.change;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Proves that notifications reach the listener. That its session is alive and {@code LISTEN} was accepted proves nothing:
 * behind a pooler that gives each transaction another session, notifications reach nobody.
 *
 * <p>Another thread sends a marker through the pool, which may take longer than the listener can wait. Everything else belongs
 * to the listening thread.
 */
final class HearingProof {

    /** How soon the listener looks again while a proof is under way. */
    private static final Duration BRIEF = Duration.ofMillis(20);

    /** A pool that gives no connection within this proves nothing, and must not keep the listener from its work. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final ListenBarrier barrier;
    private final Executor executor;
    private CompletableFuture<Boolean> underWay = CompletableFuture.completedFuture(true);
    private long begun = System.nanoTime();

    HearingProof(ListenBarrier barrier, Executor executor) {
        this.barrier = barrier;
        this.executor = executor;
    }

    /** Does nothing while one is under way. */
    void begin() {
        if (underWay.isDone()) {
            begun = System.nanoTime();
            underWay = CompletableFuture.supplyAsync(barrier::echoes, executor).exceptionally(nothingProved -> true);
        }
    }

    boolean isUnderWay() {
        return !underWay.isDone() && System.nanoTime() - begun < PATIENCE.toNanos();
    }

    /** How long the listener may wait for notifications before it looks at this again. */
    Duration pause(Duration otherwise) {
        return isUnderWay() && BRIEF.compareTo(otherwise) < 0 ? BRIEF : otherwise;
    }

    /** @throws DeafSessionException if the last marker that was sent did not come back */
    void require() throws DeafSessionException {
        if (underWay.isDone() && !underWay.join()) {
            underWay = CompletableFuture.completedFuture(true);
            throw new DeafSessionException(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        }
    }
}
