package org.livespan.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.feed.Value;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The held rows of a feed, each once, the spans that they cover completely for one selection or another, and an index by key.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class HeldRows {

    private final KeyIndex keys = new KeyIndex();
    private final SelectedParts selected = new SelectedParts();
    private Image image = Image.EMPTY;

    /** Where all rows are held. */
    private SpanSet whole = SpanSet.NONE;

    /** Where all rows of any selection are held. */
    private SpanSet spans = SpanSet.NONE;

    /** All held rows. Rows of one date that are in no selection together are in no particular order. */
    Image image() {
        return image;
    }

    /** The held rows of a selection; within the whole spans, if that is all rows. */
    Image image(Selection selection) {
        return selection.isAll() ? image : selected.image(selection);
    }

    SpanSet spans() {
        return spans;
    }

    /** The spans in which all rows of the selection are held. */
    SpanSet spans(Selection selection) {
        return selection.isAll() ? whole : selected.spans(selection);
    }

    boolean covers(Restriction restriction) {
        return spans(restriction.selection()).covers(restriction.span());
    }

    /** Takes what was read, and returns what differs from before. */
    Differences take(ReadRows reading) {
        SpanSet read = reading.isAll() ? SpanSet.ALL : reading.spans();
        Image.Refreshed next = image.refreshed(read, reading.isAll() ? reading.allRows() : reading.rows());
        image = next.image();
        keys.apply(next.changes());
        long[] held = datesOfHeld(next.changes());
        if (reading.isAll()) {
            whole = SpanSet.NONE;
            spans = SpanSet.NONE;
        }
        SpanSet more = reading.covered().of(Selection.ALL);
        whole = whole.plus(more);
        spans = spans.plus(more);
        Map<Selection, RowChanges> differences = reading.isAll() ? takeAll(reading) : takeSome(reading, next);
        return new Differences(next.changes(), differences, held);
    }

    private long[] datesOfHeld(RowChanges changes) {
        return LongStream.concat(
                        changes.removed().stream().mapToLong(HeldRow::date),
                        changes.upserted().stream()
                                .filter(row -> isNeeded(row.date(), row.values()))
                                .mapToLong(HeldRow::date))
                .sorted()
                .toArray();
    }

    /** Every selection was read anew. */
    private Map<Selection, RowChanges> takeAll(ReadRows reading) {
        var differences = new HashMap<Selection, RowChanges>();
        for (SelectedRows rows : selected.all()) {
            rows.keep(reading.covered().of(rows.selection()));
        }
        for (Selection selection : reading.covered().selections()) {
            if (!selection.isAll()) {
                differences.put(selection, open(selection, reading));
            }
        }
        selected.dropEmpty();
        return differences;
    }

    /** New selections come last: what was read for all together may have been read without them. */
    private Map<Selection, RowChanges> takeSome(ReadRows reading, Image.Refreshed next) {
        Map<Selection, RowChanges> differences = selected.update(next, image);
        for (Selection selection : reading.covered().selections()) {
            if (!selection.isAll()) {
                open(selection, reading);
            }
        }
        return differences;
    }

    /** More spans of a selection were read, or all. The rows that are held already stay the same objects. */
    private RowChanges open(Selection selection, ReadRows reading) {
        var rows = new ArrayList<HeldRow>();
        var missing = new ArrayList<HeldRow>();
        for (Row row : reading.rows(selection)) {
            HeldRow held = same(row);
            if (held == null) {
                held = new HeldRow(row);
                missing.add(held);
                keys.add(held);
            } else {
                held.values(row.values());
            }
            rows.add(held);
        }
        image = image.with(missing);
        SpanSet opened = reading.covered().of(selection);
        spans = spans.plus(opened);
        return selected.cover(selection, opened).replace(opened, rows);
    }

    /** The held row that is the same; null if there is none. */
    private HeldRow same(Row row) {
        var found = new HeldRow[1];
        keys.forEach(row.key(), held -> found[0] = held.equalsRow(row) ? held : found[0]);
        return found[0];
    }

    /**
     * Drops all rows that are in none of these spans.
     *
     * @param needed for each selection
     */
    void keep(Coverage needed) {
        var dropped = selected.keep(needed);
        SpanSet gone = whole.minus(needed.of(Selection.ALL));
        whole = whole.minus(gone);
        gone.spans().forEach(span -> image.of(span).forEach(dropped::add));
        dropped.removeIf(row -> isNeeded(row.date(), row.values()));
        image = image.without(dropped);
        if (dropped.size() > image.size()) {
            keys.replaceBy(image);
        } else {
            dropped.forEach(keys::remove);
        }
        spans = selected.spans().plus(whole);
    }

    /** Whether rows are held that are not needed. */
    boolean isMoreThan(Coverage needed) {
        return !whole.minus(needed.of(Selection.ALL)).isEmpty()
                || selected.all().stream()
                        .anyMatch(part ->
                                !part.spans().minus(needed.of(part.selection())).isEmpty());
    }

    private boolean isNeeded(long date, Value[] values) {
        return whole.contains(date) || selected.isIn(date, values);
    }

    /** Which rows have to be read of some spans. */
    WantedRows wanted(SpanSet some, Coverage opened) {
        SpanSet all = some.intersect(whole.plus(opened.of(Selection.ALL)));
        return new WantedRows(all, selected.wanted(some.minus(all), opened));
    }

    /** What is held of each selection but that of all rows. */
    List<SelectedSpans> parts(SpanSet some) {
        return selected.parts(some);
    }

    /** Those of the rows that are to be held. */
    List<Row> neededOf(List<Row> rows, Coverage opened) {
        SpanSet all = whole.plus(opened.of(Selection.ALL));
        return rows.stream()
                .filter(row -> all.contains(row.date())
                        || selected.isIn(row.date(), row.values())
                        || opened.selections().stream()
                                .anyMatch(selection ->
                                        opened.of(selection).contains(row.date()) && selection.includes(row.values())))
                .toList();
    }

    /** Whether most of the rows lie there, and it is more than a day, which a single change may well touch. */
    boolean isMost(SpanSet dates) {
        return dates.isLongerThan(1) && 2 * image.count(dates.intersect(spans)) >= image.size();
    }

    /**
     * The held rows of some spans, from a moment on.
     *
     * @param rows about how many rows to look at; those of one date are never split
     */
    AuditSlice slice(long from, int rows, SpanSet some) {
        long end = image.dateAfter(from, rows);
        return slice(some.intersect(new SpanSet(List.of(new Span(from, end)))), end);
    }

    /** What is held of these spans, as a slice with that end. */
    AuditSlice slice(SpanSet some, long end) {
        SpanSet slice = some.intersect(spans);
        return new AuditSlice(slice, image.count(slice), image.digest(slice), end);
    }

    /** The digest of the held rows in these spans. */
    Digest digest(SpanSet some) {
        return image.digest(some.intersect(spans));
    }

    /**
     * Where else rows with these keys are held, outside the spans that were read for all selections; see
     * {@link KeyIndex#elsewhere}. Also where a row that was read for one selection only ought to be held already, but is not.
     */
    SpanSet elsewhere(ReadRows reading) {
        SpanSet read = reading.spans();
        SpanSet found = keys.elsewhere(reading.rows(), read);
        for (Selection selection : reading.covered().selections()) {
            if (!selection.isAll()) {
                List<Row> unheld = reading.rows(selection).stream()
                        .filter(row -> !read.contains(row.date()) && !isHeldAlike(row))
                        .toList();
                found = found.plus(keys.elsewhere(unheld, read)).plus(dates(unheld));
            }
        }
        return found.intersect(spans).minus(read);
    }

    /** Whether the same row is held, in the same selections. */
    private boolean isHeldAlike(Row row) {
        HeldRow held = same(row);
        return held != null
                && (Arrays.equals(held.values(), row.values())
                        || selected.at(row.date(), held.values()).equals(selected.at(row.date(), row.values())));
    }

    private SpanSet dates(List<Row> rows) {
        return SpanSet.of(rows.stream()
                        .filter(row -> isNeeded(row.date(), row.values()) || same(row) != null)
                        .map(row -> new Span(row.date(), row.date()))
                        .toList())
                .inAtMost(StaleSpans.MOST);
    }

    /** Whether two rows with one key were held since the last call. */
    boolean tookTwins() {
        return keys.tookTwins();
    }
}
