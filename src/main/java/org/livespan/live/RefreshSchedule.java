package org.livespan.live;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Schedules the refreshes of a feed: one at a time, and no sooner than the last one allowed. Changes and new windows have
 * pauses of their own, so a change never waits for the pause between new windows. Rows that are no longer watched are dropped
 * by one task, however many windows were closed.
 *
 * <p>Its fields are guarded by its own lock.
 */
final class RefreshSchedule {

    private final OneTask refresh;
    private final OneTask forget;
    private long notBefore = System.nanoTime();
    private long notOpenedBefore = notBefore;

    RefreshSchedule(String feed, ScheduledExecutorService executor, Runnable refresh, Runnable forget) {
        this.refresh = new OneTask(feed, executor, refresh);
        this.forget = new OneTask(feed, executor, forget);
    }

    /** Requests a refresh as soon as allowed, unless one is scheduled or running. */
    synchronized void refresh() {
        refresh.request(notBefore);
    }

    /** The same, to open windows. */
    synchronized void open() {
        refresh.request(notOpenedBefore);
    }

    /** The refresh is over; another may be requested. */
    void refreshed() {
        refresh.done();
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

    /** A pause of this length, or up to twice as long, so that not all feeds come back together. */
    void pauseWithJitter(Duration pause) {
        pause(pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos())));
    }

    /** Requests that rows be dropped after this time, unless that is scheduled. */
    void forgetAfter(Duration pause) {
        forget.request(System.nanoTime() + pause.toNanos());
    }

    /** The rows of the windows closed until now are being dropped; for others, it may be requested again. */
    void forgetting() {
        forget.done();
    }
}
