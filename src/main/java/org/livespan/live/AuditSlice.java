package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.time.SpanSet;

/**
 * A slice of the held rows, to be compared with the database.
 *
 * @param spans held spans without changes that are still to be read; empty if all have some
 * @param rows the number of their rows
 * @param digest the sum of these rows' digests
 * @param end the last moment of the slice, in column time; {@link Long#MAX_VALUE} for the last slice
 */
record AuditSlice(SpanSet spans, int rows, Digest digest, long end) {

    boolean isLast() {
        return end == Long.MAX_VALUE;
    }
}
