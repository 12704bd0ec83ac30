package org.livespan.live;

import java.time.Duration;
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

    private final OneTask refresh;
    private final OneTask forget;
    private final OneTask hear;
    private long notBefore = System.nanoTime();
    private long notOpenedBefore = notBefore;
    private long notHeardBefore = notBefore;

    RefreshSchedule(String feed, ScheduledExecutorService executor, Runnable refresh, Runnable forget, Runnable hear) {
        this.refresh = new OneTask(feed, executor, refresh);
        this.forget = new OneTask(feed, executor, forget);
        this.hear = new OneTask(feed, executor, hear);
    }

    /** Has it refreshed as soon as may be, unless that is due or under way. */
    synchronized void refresh() {
        refresh.request(notBefore);
    }

    /** The same, for windows to be opened. */
    synchronized void open() {
        refresh.request(notOpenedBefore);
    }

    /** The refresh is over; another may be asked for. */
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

    /** A pause that long, or up to twice as long, so that not all feeds come back together. */
    void pauseWithJitter(Duration pause) {
        pause(pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos())));
    }

    /** Has it let go of what is to be kept no longer than that, unless that is due. */
    void forgetAfter(Duration pause) {
        forget.request(System.nanoTime() + pause.toNanos());
    }

    /** What was closed until now is let go of; for what is closed from now on, another time may be asked for. */
    void forgetting() {
        forget.done();
    }

    /** Has the listener waited for, on behalf of new windows, unless that is due or under way. */
    synchronized void hear() {
        hear.request(notHeardBefore);
    }

    /** That is over; the next time comes no sooner than after this. */
    synchronized void heard(Duration pause) {
        notHeardBefore = System.nanoTime() + pause.toNanos();
        hear.done();
    }
}
