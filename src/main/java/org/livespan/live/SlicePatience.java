package org.livespan.live;

import java.time.Duration;

/**
 * For how long a slice may keep the database at work: a few seconds, and more where even a small one needs it, as one of a
 * view without a condition on the date may. What it takes, the audit rests for a hundred times.
 *
 * <p>Owned by whoever compares.
 */
final class SlicePatience {

    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(30);

    private Duration limit = LEAST;

    Duration limit() {
        return limit;
    }

    /** @return whether there is more than before */
    boolean grow() {
        boolean more = limit.compareTo(MOST) < 0;
        Duration doubled = limit.multipliedBy(2);
        limit = doubled.compareTo(MOST) < 0 ? doubled : MOST;
        return more;
    }
}
