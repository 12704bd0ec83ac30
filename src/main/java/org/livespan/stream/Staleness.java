package org.livespan.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the clients of one feed are to know that what they show may be behind. Belongs to the pulse's one thread.
 *
 * <p>It is over when it is not so at two looks in a row: what was read last is told to the windows just after the feed
 * itself knows it, and the client is to have it before it hears that it is up to date.
 */
final class Staleness {

    private final Duration after;
    private StreamEvent told;
    private boolean wasWell;

    /** @param after how long a feed may be behind before it is worth a word */
    Staleness(Duration after) {
        this.after = after;
    }

    /**
     * What the clients are to know now.
     *
     * @param since when the feed began to be behind, if it is
     * @return the event that says so, or null if they may rely on what they show
     */
    StreamEvent look(Optional<Instant> since, Instant now) {
        Optional<Instant> stale = since.filter(begin -> !begin.plus(after).isAfter(now));
        if (stale.isPresent()) {
            told = told == null ? StreamEvent.stale(stale.get()) : told;
        } else if (wasWell) {
            told = null;
        }
        wasWell = stale.isEmpty();
        return told;
    }
}
