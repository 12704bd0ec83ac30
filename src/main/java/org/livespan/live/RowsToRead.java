package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.time.SpanSet;

/**
 * Which rows to read of some spans so that all that are to be held are among them.
 *
 * @param whole the spans among them of which all rows are to be held
 * @param some what to read of the others
 */
record RowsToRead(SpanSet whole, List<SelectedSpans> some) {

    private static final int VERY_MANY = 500;

    /** @param opened what is not held yet, but will be */
    static RowsToRead of(HeldParts held, SpanSet spans, Coverage opened) {
        SpanSet whole = spans.intersect(held.spans(Selection.ALL).plus(opened.of(Selection.ALL)));
        SpanSet others = spans.minus(whole);
        List<SelectedSpans> some = new ArrayList<>(others.isEmpty() ? List.of() : some(held, others));
        for (Selection selection : opened.selections()) {
            SpanSet more = opened.of(selection).intersect(others);
            if (!more.isEmpty()) {
                some.add(new SelectedSpans(more, selection));
            }
        }
        return new RowsToRead(whole, some);
    }

    /**
     * Few selections are read exactly. Of many, a {@link Superset} is read: for a short time the same for all, because looking at
     * each would take longer than reading.
     */
    private static List<SelectedSpans> some(HeldParts held, SpanSet spans) {
        if (held.count() <= Superset.FEW) {
            return held.parts(spans);
        }
        return spans.isLongerThan(1)
                ? byLength(held.parts(spans))
                : selected(held.selected().intersect(spans), held.superset());
    }

    /** Those whose spans are about as long are read together: one window of a day must not be read for a year. */
    private static List<SelectedSpans> byLength(List<SelectedSpans> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(part -> part.spans().magnitude(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(group -> together(group).stream())
                .toList();
    }

    private static List<SelectedSpans> together(List<SelectedSpans> parts) {
        SpanSet spans = SpanSet.of(
                parts.stream().flatMap(part -> part.spans().spans().stream()).toList());
        return selected(
                spans, Superset.of(parts.stream().map(SelectedSpans::selection).toList()));
    }

    private static List<SelectedSpans> selected(SpanSet spans, Iterable<Selection> selections) {
        var some = new ArrayList<SelectedSpans>();
        if (!spans.isEmpty()) {
            selections.forEach(selection -> some.add(new SelectedSpans(spans, selection)));
        }
        return some;
    }

    boolean isNone() {
        return whole.isEmpty() && some.isEmpty();
    }

    /** Whether they name so many values that it is worth looking first whether there are only a few rows. */
    boolean areOfVeryMany() {
        return some.stream().mapToInt(one -> one.selection().size()).sum() > VERY_MANY;
    }

    List<SelectedSpans> all() {
        var all = new ArrayList<>(some);
        if (!whole.isEmpty()) {
            all.add(new SelectedSpans(whole, Selection.ALL));
        }
        return all;
    }
}
