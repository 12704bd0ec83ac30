package org.livespan.stream;

import java.util.concurrent.TimeUnit;

/**
 * How long a client took for its last events, the slow ones remembered for a while; bounded. One that has just come is
 * taken for slow. Guarded by its {@link Mailbox}.
 */
final class Promptness {

    static final long SLOWEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private long nanos = SLOWEST_NANOS;

    long nanos() {
        return nanos;
    }

    void took(long lastNanos) {
        nanos = Math.max(Math.min(lastNanos, SLOWEST_NANOS), nanos / 2);
    }
}
