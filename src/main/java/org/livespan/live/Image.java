package org.livespan.live;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.gzip.Deflated;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The rows of some spans of a feed at one committed state, in the order of (date, key). Immutable: rows that are read again
 * make a new image, which shares the rows that did not change.
 *
 * <p>Rows of one date lie in one span and are always read together, so their order is the database's own, whatever its
 * collation.
 */
final class Image implements Iterable<HeldRow> {

    static final Image EMPTY = new Image(RowTree.EMPTY);

    private final RowTree rows;

    private Image(RowTree rows) {
        this.rows = rows;
    }

    /** A new image, and its differences from the one before. */
    record Refreshed(Image image, RowChanges changes, List<NextRows.Revalued> revalued) {

        Refreshed(NextRows next) {
            this(new Image(next.rows()), next.changes(), next.revalued());
        }
    }

    /** An image of these rows. */
    static Image of(List<Row> rows) {
        var list = new RowTree.Builder();
        rows.forEach(row -> list.add(new HeldRow(row)));
        return new Image(list.build());
    }

    int size() {
        return rows.size();
    }

    int count(Span span) {
        return until(span) - from(span);
    }

    Digest digest(Span span) {
        return rows(span).digest();
    }

    int count(SpanSet spans) {
        return spans.spans().stream().mapToInt(this::count).sum();
    }

    Digest digest(SpanSet spans) {
        return spans.spans().stream().map(this::digest).reduce(Digest.NONE, Digest::plus);
    }

    /** The date of the last of so many rows from a date on; {@link Long#MAX_VALUE} if there are no more rows after them. */
    long dateAfter(long from, int count) {
        int last = rows.firstNotBefore(from) + count - 1;
        return last < rows.size() - 1 ? rows.get(last).date() : Long.MAX_VALUE;
    }

    @Override
    public Iterator<HeldRow> iterator() {
        return rows.iterator();
    }

    /** The rows of the span as a JSON array on one line. */
    byte[] json(Span span) {
        RowTree some = rows(span);
        return Json.array(some, size(some));
    }

    /** The same as {@link #json}, read directly from the rows. It keeps no other rows in memory, however long that takes. */
    InputStream open(Span span) {
        return new RowsInputStream(rows(span));
    }

    /** The same, compressed. */
    Iterator<Deflated> deflated(Span span, EdgeLeaves edges) {
        return new DeflatedRows(rows(span), edges);
    }

    /** The size of the JSON array of the span's rows, in bytes. */
    long size(Span span) {
        return size(rows(span));
    }

    private static long size(RowTree rows) {
        return Json.size(rows.size(), rows.bytes());
    }

    private RowTree rows(Span span) {
        return rows.part(from(span), until(span));
    }

    /** The part of this image within the spans. */
    Image within(SpanSet spans) {
        var kept = new RowTree.Builder();
        spans.spans().forEach(span -> kept.addAll(rows, from(span), until(span)));
        return new Image(kept.build());
    }

    /**
     * The image after all rows of the spans were read again.
     *
     * @param fresh all rows of the spans, in the order of (date, key); rows outside are left out
     */
    Refreshed refreshed(SpanSet spans, List<Row> fresh) {
        var next = new NextRows(rows);
        int read = 0;
        for (Span span : spans.spans()) {
            while (read < fresh.size() && fresh.get(read).date() < span.start()) {
                read++;
            }
            int begin = read;
            while (read < fresh.size() && fresh.get(read).date() <= span.end()) {
                read++;
            }
            next.replace(from(span), until(span), fresh.subList(begin, read));
        }
        return new Refreshed(next);
    }

    /**
     * The image after all rows of the spans were replaced by others, which are held elsewhere, too.
     *
     * @param rows all rows of the spans and no others, in the order of (date, key)
     */
    Refreshed replaced(SpanSet spans, List<HeldRow> rows) {
        var next = new NextRows(this.rows);
        int read = 0;
        for (Span span : spans.spans()) {
            int begin = read;
            while (read < rows.size() && rows.get(read).date() <= span.end()) {
                read++;
            }
            next.replaceByHeld(from(span), until(span), rows.subList(begin, read));
        }
        return new Refreshed(next);
    }

    /** This image and more rows, each after those with the same date. */
    Image with(List<HeldRow> more) {
        var next = new RowTree.Builder();
        int done = 0;
        for (HeldRow row : more) {
            int place = rows.firstAfter(row.date());
            next.addAll(rows, done, place);
            next.add(row);
            done = place;
        }
        next.addAll(rows, done, rows.size());
        return new Image(next.build());
    }

    /** This image without some of its rows. */
    Image without(Set<HeldRow> some) {
        if (some.isEmpty()) {
            return this;
        }
        long[] dates =
                some.stream().mapToLong(HeldRow::date).sorted().distinct().toArray();
        var next = new RowTree.Builder();
        int done = 0;
        for (long date : dates) {
            int from = rows.firstNotBefore(date);
            next.addAll(rows, done, from);
            done = rows.firstAfter(date);
            rows.part(from, done).forEach(row -> {
                if (!some.contains(row)) {
                    next.add(row);
                }
            });
        }
        next.addAll(rows, done, rows.size());
        return new Image(next.build());
    }

    /** The rows of the span, in their order. */
    Iterable<HeldRow> of(Span span) {
        return rows(span);
    }

    /** The index of the first row that is not before the span. */
    int from(Span span) {
        return rows.firstNotBefore(span.start());
    }

    /** The index of the first row that is after the span. */
    int until(Span span) {
        return rows.firstAfter(span.end());
    }
}
