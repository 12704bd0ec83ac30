package org.livespan.live;

import java.time.Duration;

/**
 * How much of the database's time the audit may take: a hundredth, and what it saved up while it took less, up to a limit. So
 * a first slice for which everything has yet to be compiled and cached does not keep the next one waiting for minutes.
 *
 * <p>Owned by the audit's thread; times are those of {@link System#nanoTime()}.
 */
final class AuditAllowance {

    private static final int SHARE = 100;

    private final long most;
    private long left;
    private long updated;

    /** @param most what is saved up to begin with, and never more than this */
    AuditAllowance(Duration most, long now) {
        this.most = most.toNanos();
        this.left = this.most;
        this.updated = now;
    }

    /** So many nanoseconds were taken until now. */
    void spend(long nanos, long now) {
        left = Math.min(most, left + (now - updated) / SHARE) - nanos;
        updated = now;
    }

    /** How many nanoseconds there is rest before more may be taken; 0 for none. */
    long rest() {
        return Math.max(0, -left * SHARE);
    }
}
