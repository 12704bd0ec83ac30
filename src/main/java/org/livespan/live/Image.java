package org.livespan.live;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
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

    static final Image EMPTY = new Image(RowList.EMPTY);

    private final RowList rows;

    private Image(RowList rows) {
        this.rows = rows;
    }

    /** A new image, and its differences from the one before. */
    record Refreshed(Image image, RowChanges changes) {}

    /** An image of these rows. */
    static Image of(List<Row> rows) {
        var list = new RowList.Builder();
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
        Digest sum = Digest.NONE;
        for (HeldRow row : rows(span)) {
            sum = sum.plus(row.digest());
        }
        return sum;
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
        HeldRow[] some = rows(span);
        return Json.array(some, 0, some.length);
    }

    /** The same as {@link #json}, read directly from the rows. It keeps no other rows in memory, however long that takes. */
    InputStream open(Span span) {
        return new RowsInputStream(rows(span));
    }

    /** The size of the JSON array of the span's rows, in bytes. */
    long size(Span span) {
        HeldRow[] some = rows(span);
        return Json.size(some, 0, some.length);
    }

    private HeldRow[] rows(Span span) {
        return rows.copy(from(span), until(span));
    }

    /** The part of this image within the spans. */
    Image within(SpanSet spans) {
        var kept = new RowList.Builder();
        spans.spans().forEach(span -> kept.addAll(rows, from(span), until(span)));
        return new Image(kept.build());
    }

    /**
     * The image after all rows of the spans were read again.
     *
     * @param fresh all rows of the spans, in the order of (date, key); rows outside are left out
     */
    Refreshed refreshed(SpanSet spans, List<Row> fresh) {
        Map<ByteBuffer, List<HeldRow>> before = new HashMap<>();
        for (Span span : spans.spans()) {
            for (HeldRow row : rows(span)) {
                before.merge(ByteBuffer.wrap(row.key()), List.of(row), Image::joined);
            }
        }
        var upserted = new ArrayList<HeldRow>();
        var after = new ArrayList<HeldRow>();
        var removed = new ArrayList<HeldRow>();
        var next = new RowList.Builder();
        int old = 0;
        int read = 0;
        for (Span span : spans.spans()) {
            next.addAll(rows, old, from(span));
            old = until(span);
            for (; read < fresh.size() && fresh.get(read).date() <= span.end(); read++) {
                Row row = fresh.get(read);
                if (span.contains(row.date())) {
                    HeldRow held = take(before, row);
                    if (held != null && held.holds(row)) {
                        next.add(held);
                    } else {
                        after.add(next.last());
                        next.add(replaced(held, row, removed, upserted));
                    }
                }
            }
        }
        next.addAll(rows, old, rows.size());
        before.values().forEach(removed::addAll);
        removed.sort(Comparator.comparingLong(HeldRow::date));
        return new Refreshed(new Image(next.build()), new RowChanges(upserted, after, removed));
    }

    private static List<HeldRow> joined(List<HeldRow> some, List<HeldRow> more) {
        List<HeldRow> all = some instanceof ArrayList ? some : new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** Takes the held row that this one equals or replaces; null if there is none. */
    private static HeldRow take(Map<ByteBuffer, List<HeldRow>> before, Row row) {
        var key = ByteBuffer.wrap(row.key());
        List<HeldRow> same = before.get(key);
        if (same == null || same.size() == 1) {
            before.remove(key);
            return same == null ? null : same.get(0);
        }
        HeldRow taken =
                same.stream().filter(twin -> twin.holds(row)).findFirst().orElse(same.get(0));
        same.remove(taken);
        return taken;
    }

    private static HeldRow replaced(HeldRow held, Row row, List<HeldRow> removed, List<HeldRow> upserted) {
        if (held != null) {
            removed.add(held);
        }
        var fresh = new HeldRow(row);
        upserted.add(fresh);
        return fresh;
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
