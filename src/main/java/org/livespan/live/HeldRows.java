package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The held rows of a feed, each once, the spans that they cover completely for one selection or another, and an index by key.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class HeldRows {

    private final KeyIndex keys = new KeyIndex();
    private final HeldParts parts = new HeldParts();
    private Image image = Image.EMPTY;

    /** See {@link org.livespan.feed.FeedSnapshot#filterColumns}. */
    private Object filterColumns;

    /** All held rows. Rows of one date that are in no selection together are in no particular order. */
    Image image() {
        return image;
    }

    /** The held rows of a selection; within the whole spans, if that is all rows. */
    Image image(Selection selection) {
        return selection.isAll() ? image : parts.image(selection);
    }

    /** What of them is held for which selection. */
    HeldParts parts() {
        return parts;
    }

    /** Where rows of any selection are held. */
    SpanSet spans() {
        return parts.spans();
    }

    /** The spans in which all rows of the selection are held. */
    SpanSet spans(Selection selection) {
        return parts.spans(selection);
    }

    boolean covers(Restriction restriction) {
        return spans(restriction.selection()).covers(restriction.span());
    }

    /** Whether the held rows, if there are any, were read with these filter columns; those read next will be. */
    boolean areOf(Object columns) {
        boolean same = columns == filterColumns || spans().isEmpty();
        filterColumns = columns;
        return same;
    }

    /** Takes what was read, and returns what differs from before. */
    Differences take(ReadRows reading) {
        SpanSet read = reading.isAll() ? SpanSet.ALL : reading.spans();
        Image.Refreshed next = image.refreshed(read, reading.isAll() ? reading.allRows() : reading.rows());
        image = next.image();
        keys.apply(next.changes());
        long[] held = datesOfHeld(next.changes());
        if (reading.isAll()) {
            parts.keep(reading.covered());
        }
        parts.coverWhole(reading.covered().of(Selection.ALL));
        Map<Selection, RowChanges> differences = reading.isAll() ? open(reading) : update(next, reading);
        return new Differences(next.changes(), differences, held);
    }

    /** New selections come last: what was read for all together may have been read without them. */
    private Map<Selection, RowChanges> update(Image.Refreshed next, ReadRows reading) {
        Map<Selection, RowChanges> differences = parts.update(next, image);
        open(reading);
        return differences;
    }

    /** Takes the rows that were read for one selection each, and returns what differs for these. */
    private Map<Selection, RowChanges> open(ReadRows reading) {
        var differences = new HashMap<Selection, RowChanges>();
        for (Selection selection : reading.covered().selections()) {
            if (!selection.isAll()) {
                differences.put(selection, open(selection, reading));
            }
        }
        return differences;
    }

    private long[] datesOfHeld(RowChanges changes) {
        return LongStream.concat(
                        changes.removed().stream().mapToLong(HeldRow::date),
                        changes.upserted().stream()
                                .filter(row -> parts.includes(row.date(), row.values()))
                                .mapToLong(HeldRow::date))
                .sorted()
                .toArray();
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
        return parts.cover(selection, opened).replace(opened, rows);
    }

    /** The held row that is the same; null if there is none. */
    private HeldRow same(Row row) {
        var found = new HeldRow[1];
        keys.forEach(row.key(), held -> found[0] = held.equalsRow(row) ? held : found[0]);
        return found[0];
    }

    /** Whether the same row is held. */
    boolean holds(Row row) {
        return same(row) != null;
    }

    /**
     * Drops all rows that are in none of these spans.
     *
     * @param needed for each selection
     */
    void keep(Coverage needed) {
        SpanSet before = parts.spans(Selection.ALL);
        Set<HeldRow> some = parts.keep(needed);
        SpanSet gone = before.minus(parts.spans(Selection.ALL));
        gone.intersect(parts.spans()).spans().forEach(span -> image.of(span).forEach(some::add));
        some.removeIf(row -> parts.includes(row.date(), row.values()));
        // Of spans in which nothing is held any more, rows need not be looked at one by one
        SpanSet rest = SpanSet.ALL.minus(gone.minus(parts.spans()));
        Image dropped = image.within(SpanSet.ALL.minus(rest));
        image = image.within(rest).without(some);
        if (dropped.size() + some.size() > image.size()) {
            keys.replaceBy(image);
        } else {
            dropped.forEach(keys::remove);
            some.forEach(keys::remove);
        }
    }

    /** Where rows with these keys are held; each is a JSON text. */
    SpanSet datesOf(Set<String> someKeys) {
        if (someKeys == null) {
            return SpanSet.ALL;
        }
        var dates = new ArrayList<Span>();
        someKeys.forEach(key -> keys.forEach(key.getBytes(UTF_8), row -> dates.add(new Span(row.date(), row.date()))));
        return SpanSet.of(dates);
    }

    /** Whether most of the rows lie there, and it is more than a day, which a single change may well touch. */
    boolean isMost(SpanSet dates) {
        return dates.isLongerThan(1) && 2 * image.count(dates.intersect(parts.spans())) >= image.size();
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
        SpanSet slice = some.intersect(parts.spans());
        return new AuditSlice(slice, image.count(slice), image.digest(slice), end);
    }

    /** The digest of the held rows in these spans. */
    Digest digest(SpanSet some) {
        return image.digest(some.intersect(parts.spans()));
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
        return found.intersect(parts.spans()).minus(read);
    }

    /** Whether the same row is held, in the same selections. */
    private boolean isHeldAlike(Row row) {
        HeldRow held = same(row);
        return held != null
                && (Arrays.equals(held.values(), row.values())
                        || parts.at(row.date(), held.values()).equals(parts.at(row.date(), row.values())));
    }

    private SpanSet dates(List<Row> rows) {
        return SpanSet.of(rows.stream()
                        .filter(row -> parts.includes(row.date(), row.values()) || holds(row))
                        .map(row -> new Span(row.date(), row.date()))
                        .toList())
                .inAtMost(StaleSpans.MOST);
    }

    /** Whether two rows with one key were held since the last call. */
    boolean tookTwins() {
        return keys.tookTwins();
    }
}
