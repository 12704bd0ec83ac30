package org.livespan.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs scheduled tasks when the test says so, and tells with which delay each was scheduled. */
final class ManualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private static final int MOST_RUNS = 1_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    private record Task(Runnable command, Duration delay, Future<?> future) {}

    private final Queue<Task> tasks = new ArrayDeque<>();

    /** Can only be cancelled. */
    private final class Scheduled extends CompletableFuture<Void> implements ScheduledFuture<Void> {

        @Override
        public boolean cancel(boolean interrupt) {
            return tasks.removeIf(task -> task.future() == this);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }

    int waiting() {
        return tasks.size();
    }

    /** The delay with which the next task was scheduled; zero or negative for "at once". */
    Duration nextDelay() {
        return tasks.element().delay();
    }

    void runNext() {
        tasks.remove().command().run();
    }

    /** Runs until only tasks with a long delay are waiting; a task that schedules itself for ever is an error. */
    void runAll() {
        runAll(LONG);
    }

    /** Runs until only tasks with a delay are waiting. */
    void runDue() {
        runAll(Duration.ofNanos(1));
    }

    private void runAll(Duration delay) {
        for (int run = 0; runSoonest(delay); run++) {
            if (run == MOST_RUNS) {
                throw new IllegalStateException("it never comes to rest");
            }
        }
    }

    private boolean runSoonest(Duration delay) {
        for (Task task : tasks) {
            if (task.delay().compareTo(delay) < 0) {
                tasks.remove(task);
                task.command().run();
                return true;
            }
        }
        return false;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        var scheduled = new Scheduled();
        tasks.add(new Task(command, Duration.ofNanos(unit.toNanos(delay)), scheduled));
        return scheduled;
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
