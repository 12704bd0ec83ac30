package org.livespan.stream;

import java.util.concurrent.TimeUnit;

/**
 * Whether an event is on its way to a client, since when, and how long the last ones took. Times are those of {@link
 * System#nanoTime()}. Guarded by its {@link Mailbox}.
 */
final class Transit {

    /** The most that the delivery to one client is put behind that to others. */
    static final long SLOWEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private boolean sending;
    private long since = System.nanoTime();
    private long usual = SLOWEST_NANOS;

    boolean isSending() {
        return sending;
    }

    /** For how long an event has been on its way, or none has. */
    long nanos() {
        return System.nanoTime() - since;
    }

    void begin() {
        sending = true;
        since = System.nanoTime();
    }

    void end() {
        took(nanos());
        sending = false;
        since = System.nanoTime();
    }

    /** The slow ones are remembered for a while. */
    void took(long lastNanos) {
        usual = Math.max(Math.min(lastNanos, SLOWEST_NANOS), usual / 2);
    }

    /** How long an event takes as a rule. A client that has just come is assumed to be slow. */
    long usualNanos() {
        return usual;
    }
}
