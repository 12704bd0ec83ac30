package org.livespan.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.livespan.db.DatabaseThreads;

/** The executors of the live feeds, and when a thread of each was idle last. */
final class LiveThreads {

    private static final int SECONDS_BETWEEN_TURNS = 10;

    private final DatabaseThreads threads;

    /** By {@link System#nanoTime()}. */
    private final Map<ScheduledExecutorService, Long> lastTurns = new ConcurrentHashMap<>();

    LiveThreads(DatabaseThreads threads) {
        this.threads = threads;
    }

    /** An executor of so many threads. */
    ScheduledExecutorService executor(int size) {
        ScheduledExecutorService executor = threads.executor(size);
        lastTurns.put(executor, System.nanoTime());
        executor.scheduleWithFixedDelay(
                () -> lastTurns.put(executor, System.nanoTime()), 0, SECONDS_BETWEEN_TURNS, TimeUnit.SECONDS);
        return executor;
    }

    /** How long no thread of one of the executors has been idle; each of their waits is bounded. */
    Duration sinceLastTurn() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                lastTurns.values().stream().mapToLong(turn -> now - turn).max().orElse(0));
    }

    /**
     * Ends them one after the other, waiting for the tasks of each for that long at most.
     *
     * @throws InterruptedException if the wait is interrupted; some have not ended then
     */
    void end(Duration atMost) throws InterruptedException {
        for (ScheduledExecutorService executor : lastTurns.keySet()) {
            DatabaseThreads.end(executor, atMost);
        }
    }

    /** Ends them without waiting. */
    void endNow() {
        lastTurns.keySet().forEach(ScheduledExecutorService::shutdownNow);
    }
}
