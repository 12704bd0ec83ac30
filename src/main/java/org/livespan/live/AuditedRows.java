package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.time.SpanSet;

/** What the audit compares: the rows that are held of a feed, guarded by the lock of their {@link LiveImage}. */
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
     * What is held from a moment on, but for what changes have touched, which is read anyway.
     *
     * @param rows about how many rows; those of one date are never parted
     */
    AuditSlice slice(long from, int rows) {
        synchronized (image) {
            return held.slice(from, rows, SpanSet.ALL.minus(stale.all()));
        }
    }

    /** Whether a slice that has this digest in the database is what was held then, or what is held now. */
    boolean agrees(AuditSlice slice, Digest database) {
        synchronized (image) {
            return database.equals(slice.digest()) || database.equals(held.digest(slice.spans()));
        }
    }

    /** The database shows something else there, and no change has told why: to be read anew, although nothing is stale. */
    void suspect(SpanSet spans) {
        synchronized (image) {
            stale.suspect(spans);
        }
    }
}
