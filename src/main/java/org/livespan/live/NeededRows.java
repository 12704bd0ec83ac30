package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.livespan.feed.Digest;
import org.livespan.feed.FeedAlteredException;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.time.SpanSet;

/**
 * Reads those rows of a feed that are to be held, for all selections together.
 *
 * <p>What is held is guarded by the lock of the {@link LiveImage}, which is not held during a read.
 */
final class NeededRows {

    /** So many rows are read faster than the values of very many selections are sent. */
    private static final int FEW = 500;

    private final String feed;
    private final LiveImage image;
    private final HeldRows held;
    private final int most;

    /** @param most the most rows that are held */
    NeededRows(String feed, LiveImage image, HeldRows held, int most) {
        this.feed = feed;
        this.image = image;
        this.held = held;
        this.most = most;
    }

    /**
     * Rows that were read.
     *
     * @param rows in the order of (date, key)
     * @param isCut whether there may be more
     */
    record Found(List<Row> rows, boolean isCut) {}

    /**
     * Reads those of some spans, and no more rows than may be held.
     *
     * @param opened what is not held yet, but will be
     */
    Found read(FeedSnapshot snapshot, SpanSet spans, Coverage opened) {
        RowsToRead wanted = wanted(spans, opened);
        if (wanted.isNone()) {
            return new Found(List.of(), false);
        }
        if (wanted.areOfVeryMany()) {
            List<Row> few = snapshot.read(spans, Math.min(most + 1, FEW));
            if (few.size() < FEW) {
                return new Found(needed(few, opened), few.size() > most);
            }
        }
        List<Row> rows = snapshot.read(wanted.all(), most + 1);
        return new Found(wanted.some().isEmpty() ? rows : needed(rows, opened), rows.size() > most);
    }

    /** The digest of a slice's rows in the database, as far as possible computed there. */
    Digest digest(FeedSnapshot snapshot, AuditSlice slice) {
        RowsToRead wanted = wanted(slice.spans(), new Coverage());
        Digest digest = wanted.whole().isEmpty() ? Digest.NONE : snapshot.digest(wanted.whole(), slice.rows() + 1);
        if (wanted.some().isEmpty()) {
            return digest;
        }
        List<Row> rows = snapshot.read(wanted.some(), most + 1);
        Collection<Row> needed = rows.size() <= most
                ? needed(rows, new Coverage())
                : oneByOne(snapshot, parts(slice.spans().minus(wanted.whole())));
        return needed.stream().map(Digest::of).reduce(digest, Digest::plus);
    }

    /** Reads exactly the rows of each selection, if too many others would be read with them. */
    private Collection<Row> oneByOne(FeedSnapshot snapshot, List<SelectedSpans> parts) {
        Map<ByteBuffer, Row> rows = new HashMap<>();
        for (SelectedSpans part : parts) {
            snapshot.read(List.of(part), most + 1).forEach(row -> rows.put(ByteBuffer.wrap(row.key()), row));
        }
        return rows.values();
    }

    private RowsToRead wanted(SpanSet spans, Coverage opened) {
        synchronized (image) {
            return RowsToRead.of(held.parts(), spans, opened);
        }
    }

    private List<SelectedSpans> parts(SpanSet spans) {
        synchronized (image) {
            return held.parts().parts(spans);
        }
    }

    private List<Row> needed(List<Row> rows, Coverage opened) {
        synchronized (image) {
            return rows.stream()
                    .filter(row -> held.parts().includes(row.date(), row.values()) || opened.includes(row))
                    .toList();
        }
    }

    /**
     * To be called before the rows of a snapshot are taken.
     *
     * @throws FeedAlteredException if the held rows were read with other filter columns
     */
    void requireSameFilters(FeedSnapshot snapshot) {
        synchronized (image) {
            if (!held.areOf(snapshot.filterColumns())) {
                throw new FeedAlteredException(feed);
            }
        }
    }

    /** What else has to be read, because held rows contradict what was read; see {@link HeldRows#elsewhere}. */
    SpanSet elsewhere(ReadRows reading) {
        synchronized (image) {
            return held.elsewhere(reading);
        }
    }

    /** Those of these rows that are not held yet. */
    List<Row> unheld(List<Row> rows) {
        synchronized (image) {
            return rows.stream().filter(row -> !held.holds(row)).toList();
        }
    }
}
