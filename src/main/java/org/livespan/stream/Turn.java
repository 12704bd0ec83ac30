package org.livespan.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A task for the writers, and when it is due, by {@link System#nanoTime()}. What is due first is done first; as that is a
 * moment and no rank, nothing waits for ever.
 */
record Turn(Runnable task, long due) implements Runnable, Comparable<Turn> {

    static Turn now(Runnable task) {
        return new Turn(task, System.nanoTime());
    }

    /** Completes when all that was given to the executor before has been done. */
    static CompletionStage<?> afterAll(Executor executor) {
        var done = new CompletableFuture<Object>();
        executor.execute(new Turn(() -> done.complete(null), System.nanoTime() + Transit.SLOWEST_NANOS));
        return done;
    }

    @Override
    public void run() {
        task.run();
    }

    @Override
    public int compareTo(Turn other) {
        return Long.signum(due - other.due);
    }
}
