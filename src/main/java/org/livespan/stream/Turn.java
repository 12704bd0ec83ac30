package org.livespan.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A task for the writers, and when it is due, by {@link System#nanoTime()}. Tasks run in the order of these times, which are
 * not ranks, so none waits for ever.
 */
record Turn(Runnable task, long due) implements Runnable, Comparable<Turn> {

    static Turn now(Runnable task) {
        return new Turn(task, System.nanoTime());
    }

    /** Completes when all tasks given to the executor before have ended. */
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
