package org.livespan.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.feed.Value;
import org.livespan.live.NextRows.Revalued;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The held rows of each selection but that of all rows. A row that changed finds its selections by its values, before and after.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class SelectedParts {

    /** So many are read as they are. */
    private static final int FEW = 8;

    private final Map<Selection, SelectedRows> parts = new HashMap<>();
    private final SelectionIndex<SelectedRows> index = new SelectionIndex<>();
    private final Superset superset = new Superset();

    /** The spans of all together. */
    private SpanSet spans = SpanSet.NONE;

    Image image(Selection selection) {
        SelectedRows part = parts.get(selection);
        return part == null ? Image.EMPTY : part.image();
    }

    SpanSet spans(Selection selection) {
        SelectedRows part = parts.get(selection);
        return part == null ? SpanSet.NONE : part.spans();
    }

    /** The spans of all together. */
    SpanSet spans() {
        return spans;
    }

    /** More spans of a selection are held. */
    SelectedRows cover(Selection selection, SpanSet more) {
        SelectedRows part = of(selection);
        part.cover(more);
        spans = spans.plus(more);
        return part;
    }

    Collection<SelectedRows> all() {
        return parts.values();
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

    /**
     * What has to be read of some spans. It may include more rows than needed: of many selections, only those of the
     * {@link Superset}, and for a short time all of them, because then a walk over them would take longer than reading.
     */
    List<SelectedSpans> wanted(SpanSet some, Coverage opened) {
        if (some.isEmpty()) {
            return List.of();
        }
        List<SelectedSpans> wanted = new ArrayList<>(
                parts.size() <= FEW ? parts(some) : some.isLongerThan(1) ? bySize(some) : together(some));
        for (Selection selection : opened.selections()) {
            SpanSet more = opened.of(selection).intersect(some);
            if (!selection.isAll() && !more.isEmpty()) {
                wanted.add(new SelectedSpans(more, selection));
            }
        }
        return wanted;
    }

    private List<SelectedSpans> together(SpanSet some) {
        SpanSet read = spans.intersect(some);
        return read.isEmpty()
                ? List.of()
                : superset.selections().stream()
                        .map(selection -> new SelectedSpans(read, selection))
                        .toList();
    }

    /** Those whose spans are about as long are read together: a day of one must not become the year of another. */
    private List<SelectedSpans> bySize(SpanSet some) {
        var groups = new TreeMap<Integer, List<SelectedSpans>>();
        for (SelectedSpans part : parts(some)) {
            groups.computeIfAbsent(part.spans().magnitude(), none -> new ArrayList<>())
                    .add(part);
        }
        var wanted = new ArrayList<SelectedSpans>();
        for (List<SelectedSpans> group : groups.values()) {
            SpanSet read = SpanSet.of(group.stream()
                    .flatMap(part -> part.spans().spans().stream())
                    .toList());
            var all = new Superset();
            group.forEach(part -> all.add(part.selection()));
            all.selections().forEach(selection -> wanted.add(new SelectedSpans(read, selection)));
        }
        return wanted;
    }

    /** Whether one of them has rows with these values there. */
    boolean isIn(long date, Value[] values) {
        return !at(date, values).isEmpty();
    }

    /** Those that have rows with these values there. */
    Set<SelectedRows> at(long date, Value[] values) {
        Set<SelectedRows> found = new HashSet<>();
        index.forEach(values, part -> {
            if (part.spans().contains(date)) {
                found.add(part);
            }
        });
        return found;
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
        index.forEach(values, part -> {
            if (part.spans().contains(date)) {
                affected.computeIfAbsent(date, none -> Collections.newSetFromMap(new IdentityHashMap<>()))
                        .add(part);
            }
        });
    }

    /** Drops what is not needed. Returns the rows that it drops; some of them may be in other selections. */
    Set<HeldRow> keep(Coverage needed) {
        Set<HeldRow> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SelectedRows part : parts.values()) {
            SpanSet gone = part.spans().minus(needed.of(part.selection()));
            if (!gone.isEmpty()) {
                gone.spans().forEach(span -> part.image().of(span).forEach(dropped::add));
                part.keep(part.spans().minus(gone));
            }
        }
        dropEmpty();
        return dropped;
    }

    /** Forgets the selections of which nothing is held. */
    void dropEmpty() {
        spans = SpanSet.of(parts.values().stream()
                .flatMap(part -> part.spans().spans().stream())
                .toList());
        parts.values().removeIf(part -> {
            boolean empty = part.spans().isEmpty();
            if (empty) {
                index.remove(part.selection());
                superset.remove(part.selection());
            }
            return empty;
        });
    }
}
