package org.livespan.live;

import java.time.Duration;

/**
 * How long a slice may keep the database busy: a few seconds, and more if even a small slice needs it, as in a view that
 * cannot use the condition on the date.
 *
 * <p>Owned by its user.
 */
final class SlicePatience {

    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(30);

    private Duration limit = LEAST;

    Duration limit() {
        return limit;
    }

    /** @return whether it is longer than before */
    boolean grow() {
        boolean more = limit.compareTo(MOST) < 0;
        Duration doubled = limit.multipliedBy(2);
        limit = doubled.compareTo(MOST) < 0 ? doubled : MOST;
        return more;
    }
}
