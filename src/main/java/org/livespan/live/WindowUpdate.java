package org.livespan.live;

import java.time.Instant;

/**
 * A window's result has changed.
 *
 * @param version counts the feed's states; a greater one is later
 * @param result what it is now
 * @param changes what differs from before
 * @param heard when the first of the commits that made it was heard of; null if it was found without being told
 */
public record WindowUpdate(long version, Result result, Changes changes, Instant heard) {

    /** What differs between two results of a window. */
    public interface Changes {

        /**
         * {@code {"upserted": [row, …], "removed": [key, …]}} on one line, UTF-8; upserted in the order of (date, key).
         *
         * @param positions whether to add {@code "after": [key, …]}: for each upserted row the key of the row that it comes
         *     after in the whole feed, or null if it is the first. If that one is not in the window, it is the first there.
         */
        byte[] json(boolean positions);
    }
}
