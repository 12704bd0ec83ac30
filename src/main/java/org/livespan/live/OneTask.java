package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A task that is scheduled or running at most once at a time, however often it is requested.
 *
 * <p>Its fields are guarded by its own lock; times are those of {@link System#nanoTime()}.
 */
final class OneTask {

    private static final Logger LOG = System.getLogger(OneTask.class.getName());

    private final String feed;
    private final ScheduledExecutorService executor;
    private final Runnable task;
    private Future<?> next;
    private long due;
    private boolean running;

    /** Which schedule is valid: one that was replaced may have begun already. */
    private long valid;

    /** @param task has to call {@link #done} at its end */
    OneTask(String feed, ScheduledExecutorService executor, Runnable task) {
        this.feed = feed;
        this.executor = executor;
        this.task = task;
    }

    /** Schedules it for that time, unless it is scheduled for an earlier one or running. */
    synchronized void request(long earliest) {
        if (running || next != null && (due - earliest <= 0 || !next.cancel(false))) {
            return;
        }
        due = earliest;
        next = schedule(earliest - System.nanoTime());
    }

    /** Whether it is scheduled, for whatever time, or running. */
    synchronized boolean isRequested() {
        return running || next != null;
    }

    /** A server that is stopping accepts no more tasks, while streams are still being closed one after the other. */
    private Future<?> schedule(long nanos) {
        try {
            long number = ++valid;
            return executor.schedule(() -> run(number), nanos, NANOSECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(DEBUG, "Feed {0} is no longer served: {1}", feed, e);
            return null;
        }
    }

    private void run(long number) {
        synchronized (this) {
            if (number != valid) {
                return;
            }
            next = null;
            running = true;
        }
        task.run();
    }

    /** It has ended and may be requested again. */
    synchronized void done() {
        running = false;
    }
}
