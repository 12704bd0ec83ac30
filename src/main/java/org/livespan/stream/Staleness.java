package org.livespan.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the clients of a feed have to be told that their rows may be old. Owned by the pulse's thread.
 *
 * <p>It ends when the rows are current at two checks in a row: the windows get what was read just after the feed itself, and
 * clients have to receive it before they are told that they are up to date.
 */
final class Staleness {

    private final Duration after;
    private StreamEvent told;
    private boolean wasWell;

    /** @param after how long a feed may be behind before clients are told */
    Staleness(Duration after) {
        this.after = after;
    }

    /**
     * What the clients have to be told now.
     *
     * @param since since when the feed has been behind; empty if it is not
     * @return the event that says so; null if their rows are current
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
