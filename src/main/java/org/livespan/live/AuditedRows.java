package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.time.SpanSet;

/** The held rows of a feed, as the audit sees them; guarded by the lock of their {@link LiveImage}. */
final class AuditedRows {

    private final LiveImage image;
    private final HeldRows held;
    private final StaleSpans stale;

    AuditedRows(LiveImage image, HeldRows held, StaleSpans stale) {
        this.image = image;
        this.held = held;
        this.stale = stale;
    }

    boolean isEmpty() {
        synchronized (image) {
            return held.spans().isEmpty();
        }
    }

    /** How many rows are held. */
    int size() {
        synchronized (image) {
            return held.image().size();
        }
    }

    /**
     * The held rows from a moment on, except for those that changes have touched, which are read anyway.
     *
     * @param rows about how many rows; those of one date are never split
     */
    AuditSlice slice(long from, int rows) {
        synchronized (image) {
            return held.slice(from, rows, SpanSet.ALL.minus(stale.all()));
        }
    }

    /** Whether a slice with this digest in the database equals the rows that were held then, or those that are held now. */
    boolean agrees(AuditSlice slice, Digest database) {
        synchronized (image) {
            return database.equals(slice.digest()) || database.equals(held.digest(slice.spans()));
        }
    }

    /** The database shows something else there, without a notification: to be read again, although nothing is stale. */
    void suspect(SpanSet spans) {
        synchronized (image) {
            stale.suspect(spans);
        }
    }
}
