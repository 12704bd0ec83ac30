package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.time.SpanSet;

/**
 * Some of what is held, to be compared with the database.
 *
 * @param spans held spans that no change has touched which was not read yet; none where all were touched
 * @param rows how many rows those have
 * @param digest the sum of these rows' digests
 * @param end the last moment of the slice, in column time; {@link Long#MAX_VALUE} for the last slice
 */
record AuditSlice(SpanSet spans, int rows, Digest digest, long end) {

    boolean isLast() {
        return end == Long.MAX_VALUE;
    }
}
