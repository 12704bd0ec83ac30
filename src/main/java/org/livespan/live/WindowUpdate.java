package org.livespan.live;

/**
 * A window's result has changed.
 *
 * @param version counts the feed's states; a greater one is later
 * @param result what it is now
 * @param changes what differs from before
 */
public record WindowUpdate(long version, Result result, Changes changes) {

    /** What differs between two results of a window. */
    public interface Changes {

        /** {@code {"upserted": [row, …], "removed": [key, …]}} on one line, UTF-8; upserted in the order of (date, key). */
        byte[] json();
    }
}
