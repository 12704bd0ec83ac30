package org.livespan.stream;

import java.util.concurrent.TimeUnit;

/**
 * Whether an event is being sent to a client, since when, and how long the last ones took. Times are those of {@link
 * System#nanoTime()}. Guarded by its {@link Mailbox}.
 */
final class Transit {

    /** The longest delay of one client's events behind those of others. */
    static final long SLOWEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private boolean sending;
    private long since = System.nanoTime();
    private long usual = SLOWEST_NANOS;

    boolean isSending() {
        return sending;
    }

    /** How long an event has been on its way, or how long none has. */
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

    /** Slow ones are remembered for a while. */
    void took(long lastNanos) {
        usual = Math.max(Math.min(lastNanos, SLOWEST_NANOS), usual / 2);
    }

    /** How long an event usually takes. A new client is assumed to be slow. */
    long usualNanos() {
        return usual;
    }
}
