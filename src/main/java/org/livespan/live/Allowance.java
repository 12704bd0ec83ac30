package org.livespan.live;

import java.time.Duration;

/**
 * How much time may be used: a share of it, plus what was saved up while less was used, up to a limit. So something that
 * takes long, but seldom, does not have to wait.
 *
 * <p>Owned by its user; times are those of {@link System#nanoTime()}.
 */
final class Allowance {

    private final int share;
    private final long most;
    private long left;
    private long updated;

    /**
     * @param share one part in so many of the time
     * @param most what is saved up in the beginning, and at most
     */
    Allowance(int share, Duration most, long now) {
        this.share = share;
        this.most = most.toNanos();
        this.left = this.most;
        this.updated = now;
    }

    /** So many nanoseconds were used until now. */
    void spend(long nanos, long now) {
        left = left(now) - nanos;
        updated = now;
    }

    /** How many nanoseconds to rest before more may be used; 0 for none. */
    long rest(long now) {
        return Math.max(0, -left(now) * share);
    }

    /** Whether a fifth of the most is saved up, because little was used for a while. */
    boolean isRefilled(long now) {
        return left(now) >= most / 5;
    }

    private long left(long now) {
        return Math.min(most, left + (now - updated) / share);
    }
}
