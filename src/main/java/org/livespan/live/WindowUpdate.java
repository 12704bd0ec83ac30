package org.livespan.live;

import java.time.Instant;

/**
 * A window's result has changed.
 *
 * @param version the number of the feed's state; a greater one is later
 * @param result the new result
 * @param changes the differences from the result before
 * @param heard when the first of the commits that caused it was heard; null if it was found without a notification
 */
public record WindowUpdate(long version, Result result, Changes changes, Instant heard) {

    /** The differences between two results of a window. */
    public interface Changes {

        /**
         * {@code {"upserted": [row, …], "removed": [key, …]}} on one line; upserted in the order of (date, key).
         *
         * @param positions whether to add {@code "after": [key, …]}: for each upserted row, the key of the row of the window that
         *     it follows, or null if it is the first
         */
        ChangeJson json(boolean positions);
    }
}
