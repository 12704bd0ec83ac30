package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a feed is refreshed: one refresh is due or under way at a time, and no sooner than the last one allowed. Changes and new
 * windows have pauses of their own, so a change never waits for the pause between new windows. Rows that nobody watches any
 * more are let go in one task, however many windows were closed.
 *
 * <p>Its fields are guarded by its own lock.
 */
final class RefreshSchedule {

    private static final Logger LOG = System.getLogger(RefreshSchedule.class.getName());

    private final String feed;
    private final ScheduledExecutorService executor;
    private final Runnable refresh;
    private final Runnable forget;
    private Future<?> next;
    private long due;
    private boolean refreshing;
    private boolean putOff;
    private boolean forgetting;
    private long notBefore = System.nanoTime();
    private long notOpenedBefore = notBefore;

    RefreshSchedule(String feed, ScheduledExecutorService executor, Runnable refresh, Runnable forget) {
        this.feed = feed;
        this.executor = executor;
        this.refresh = refresh;
        this.forget = forget;
    }

    /** Has it refreshed as soon as may be, unless that is due or under way. */
    synchronized void refresh() {
        refresh(notBefore);
    }

    /** The same, for windows to be opened. */
    synchronized void open() {
        refresh(notOpenedBefore);
    }

    private void refresh(long earliest) {
        if (refreshing || next != null && (due - earliest <= 0 || !next.cancel(false))) {
            return;
        }
        due = earliest;
        next = later(this::refreshNow, earliest - System.nanoTime());
    }

    private void refreshNow() {
        synchronized (this) {
            next = null;
            refreshing = true;
        }
        refresh.run();
    }

    /** Has it refreshed after that, unless that is due; it may be asked for sooner all the same. */
    synchronized void refreshAfter(Duration pause) {
        if (!putOff) {
            putOff = true;
            later(this::refreshPutOff, pause.toNanos());
        }
    }

    private synchronized void refreshPutOff() {
        putOff = false;
        refresh();
    }

    /** The refresh is over; another may be asked for. */
    synchronized void refreshed() {
        refreshing = false;
    }

    /** The next refresh starts no sooner than after this. */
    synchronized void pause(Duration pause) {
        notBefore = System.nanoTime() + pause.toNanos();
        pauseOpening(pause);
    }

    /** The next refresh starts no sooner than after this, unless there are changes. */
    synchronized void pauseOpening(Duration pause) {
        notOpenedBefore = System.nanoTime() + pause.toNanos();
    }

    /** A pause that long, or up to twice as long, so that not all feeds come back together. */
    void pauseWithJitter(Duration pause) {
        pause(pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos())));
    }

    /** Has it let go of what is to be kept no longer than that, unless that is due. */
    synchronized void forgetAfter(Duration pause) {
        if (!forgetting) {
            forgetting = true;
            later(forget, pause.toNanos());
        }
    }

    /** What was closed until now is let go of; for what is closed from now on, another time may be asked for. */
    synchronized void forgetting() {
        forgetting = false;
    }

    /** A server that stops takes no more tasks; streams are still to be closed then, one after the other. */
    private Future<?> later(Runnable task, long nanos) {
        try {
            return executor.schedule(task, nanos, NANOSECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            LOG.log(DEBUG, "Feed {0} is not refreshed any more: {1}", feed, e);
            return null;
        }
    }
}
