package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A task that is due once or under way at a time, however often it is asked for.
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

    /** @param task calls {@link #done} when it may be asked for again */
    OneTask(String feed, ScheduledExecutorService executor, Runnable task) {
        this.feed = feed;
        this.executor = executor;
        this.task = task;
    }

    /** Has it run from that moment on, unless it is due by then or under way. */
    synchronized void request(long earliest) {
        if (running || next != null && (due - earliest <= 0 || !next.cancel(false))) {
            return;
        }
        due = earliest;
        next = schedule(earliest - System.nanoTime());
    }

    /** Whether it is due once, however late, or under way. */
    synchronized boolean isRequested() {
        return running || next != null;
    }

    /** A server that stops takes no more tasks; streams are still to be closed then, one after the other. */
    private Future<?> schedule(long nanos) {
        try {
            return executor.schedule(this::run, nanos, NANOSECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(DEBUG, "Nothing is done for feed {0} any more: {1}", feed, e);
            return null;
        }
    }

    private void run() {
        synchronized (this) {
            next = null;
            running = true;
        }
        task.run();
    }

    /** It may be asked for again. */
    synchronized void done() {
        running = false;
    }
}
