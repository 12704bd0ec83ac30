package org.livespan.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.feed.Value;
import org.livespan.live.NextRows.Revalued;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * What is held: the spans in which all rows are, and for each other selection its rows and its spans. A row that changed finds its
 * selections by its values, before and after.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class HeldParts {

    private final Map<Selection, SelectedRows> parts = new HashMap<>();
    private final SelectionIndex<SelectedRows> index = new SelectionIndex<>();
    private final Superset superset = new Superset();

    /** Where all rows are held. */
    private SpanSet whole = SpanSet.NONE;

    /** The spans of the other selections together. */
    private SpanSet selected = SpanSet.NONE;

    /** Both. */
    private SpanSet spans = SpanSet.NONE;

    /** Where rows of any selection are held. */
    SpanSet spans() {
        return spans;
    }

    /** The spans in which all rows of the selection are held. */
    SpanSet spans(Selection selection) {
        if (selection.isAll()) {
            return whole;
        }
        SelectedRows part = parts.get(selection);
        return part == null ? SpanSet.NONE : part.spans();
    }

    /** The rows of a selection other than that of all rows. */
    Image image(Selection selection) {
        SelectedRows part = parts.get(selection);
        return part == null ? Image.EMPTY : part.image();
    }

    /** All rows of more spans are held. */
    void coverWhole(SpanSet more) {
        whole = whole.plus(more);
        spans = spans.plus(more);
    }

    /** More spans of another selection are held. */
    SelectedRows cover(Selection selection, SpanSet more) {
        SelectedRows part = of(selection);
        part.cover(more);
        selected = selected.plus(more);
        spans = spans.plus(more);
        return part;
    }

    /** The part of this selection; a new one if there is none. */
    private SelectedRows of(Selection selection) {
        return parts.computeIfAbsent(selection, added -> {
            var part = new SelectedRows(added);
            index.add(added, part);
            superset.add(added);
            return part;
        });
    }

    /** What is held of each. */
    List<SelectedSpans> parts(SpanSet some) {
        return parts.values().stream()
                .map(part -> new SelectedSpans(part.spans().intersect(some), part.selection()))
                .filter(part -> !part.spans().isEmpty())
                .toList();
    }

    /** The number of selections other than that of all rows. */
    int count() {
        return parts.size();
    }

    /** The spans of these together. */
    SpanSet selected() {
        return selected;
    }

    /** Selections that include all rows of these. */
    Set<Selection> superset() {
        return superset.selections();
    }

    /** Whether a row with these values there is to be held. */
    boolean includes(long date, Value[] values) {
        var found = new boolean[] {whole.contains(date)};
        if (!found[0]) {
            forEachAt(date, values, part -> found[0] = true);
        }
        return found[0];
    }

    /** The selections other than that of all rows that have rows with these values there. */
    Set<SelectedRows> at(long date, Value[] values) {
        Set<SelectedRows> found = new HashSet<>();
        forEachAt(date, values, found::add);
        return found;
    }

    private void forEachAt(long date, Value[] values, Consumer<SelectedRows> visitor) {
        index.forEach(values, part -> {
            if (part.spans().contains(date)) {
                visitor.accept(part);
            }
        });
    }

    /**
     * Some dates were read for all selections together.
     *
     * @param next what differs
     * @param image all rows
     * @return what differs for each selection
     */
    Map<Selection, RowChanges> update(Image.Refreshed next, Image image) {
        SortedMap<Long, Set<SelectedRows>> affected = affected(next);
        Map<SelectedRows, List<HeldRow>> rows = new IdentityHashMap<>();
        Map<SelectedRows, List<Span>> dates = new IdentityHashMap<>();
        affected.forEach((date, some) -> {
            for (SelectedRows part : some) {
                rows.computeIfAbsent(part, none -> new ArrayList<>());
                dates.computeIfAbsent(part, none -> new ArrayList<>()).add(new Span(date, date));
            }
            for (HeldRow row : image.of(new Span(date, date))) {
                distribute(row, some, rows);
            }
        });
        var differences = new HashMap<Selection, RowChanges>();
        rows.forEach((part, replacing) ->
                differences.put(part.selection(), part.replace(new SpanSet(dates.get(part)), replacing)));
        return differences;
    }

    private void distribute(HeldRow row, Set<SelectedRows> some, Map<SelectedRows, List<HeldRow>> rows) {
        if (some.size() == 1) {
            some.stream()
                    .filter(part -> part.includes(row))
                    .forEach(part -> rows.get(part).add(row));
            return;
        }
        index.forEach(row.values(), part -> {
            if (some.contains(part)) {
                rows.get(part).add(row);
            }
        });
    }

    /** For each date, the selections that had or have a row that differs. */
    private SortedMap<Long, Set<SelectedRows>> affected(Image.Refreshed next) {
        var affected = new TreeMap<Long, Set<SelectedRows>>();
        for (HeldRow row : next.changes().upserted()) {
            find(row.date(), row.values(), affected);
        }
        for (HeldRow row : next.changes().removed()) {
            find(row.date(), row.values(), affected);
        }
        for (Revalued revalued : next.revalued()) {
            find(revalued.row().date(), revalued.before(), affected);
            find(revalued.row().date(), revalued.row().values(), affected);
        }
        return affected;
    }

    private void find(long date, Value[] values, Map<Long, Set<SelectedRows>> affected) {
        forEachAt(
                date,
                values,
                part -> affected.computeIfAbsent(date, none -> new HashSet<>()).add(part));
    }

    /** Whether more is held than needed. */
    boolean isMoreThan(Coverage needed) {
        return !whole.minus(needed.of(Selection.ALL)).isEmpty()
                || parts.values().stream()
                        .anyMatch(part ->
                                !part.spans().minus(needed.of(part.selection())).isEmpty());
    }

    /**
     * Drops what is not needed.
     *
     * @return the rows that the selections dropped; some of them may be in others
     */
    Set<HeldRow> keep(Coverage needed) {
        Set<HeldRow> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SelectedRows part : parts.values()) {
            SpanSet gone = part.spans().minus(needed.of(part.selection()));
            if (!gone.isEmpty()) {
                gone.spans().forEach(span -> part.image().of(span).forEach(dropped::add));
                part.keep(part.spans().minus(gone));
            }
        }
        whole = whole.intersect(needed.of(Selection.ALL));
        dropEmpty();
        return dropped;
    }

    /** Forgets the selections of which nothing is held. */
    private void dropEmpty() {
        parts.values().removeIf(part -> {
            boolean empty = part.spans().isEmpty();
            if (empty) {
                index.remove(part.selection());
                superset.remove(part.selection());
            }
            return empty;
        });
        selected = SpanSet.of(parts.values().stream()
                .flatMap(part -> part.spans().spans().stream())
                .toList());
        spans = selected.plus(whole);
    }
}
