package org.livespan.live;

import java.time.Duration;

/**
 * How much of the time may be taken: a share of it, and what was saved up while less was taken, up to a limit. So what takes
 * long once, and seldom, keeps nothing waiting.
 *
 * <p>Owned by whoever spends it; times are those of {@link System#nanoTime()}.
 */
final class Allowance {

    private final int share;
    private final long most;
    private long left;
    private long updated;

    /**
     * @param share one part in so many of the time
     * @param most what is saved up to begin with, and never more than this
     */
    Allowance(int share, Duration most, long now) {
        this.share = share;
        this.most = most.toNanos();
        this.left = this.most;
        this.updated = now;
    }

    /** So many nanoseconds were taken until now. */
    void spend(long nanos, long now) {
        left = left(now) - nanos;
        updated = now;
    }

    /** How many nanoseconds there is rest before more may be taken; 0 for none. */
    long rest(long now) {
        return Math.max(0, -left(now) * share);
    }

    /** Whether a fifth of what may be saved up is there: for a while, little was taken. */
    boolean isRefilled(long now) {
        return left(now) >= most / 5;
    }

    private long left(long now) {
        return Math.min(most, left + (now - updated) / share);
    }
}
