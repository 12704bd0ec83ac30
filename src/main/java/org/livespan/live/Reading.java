package org.livespan.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.livespan.feed.Row;
import org.livespan.time.SpanSet;

/** What was read of a feed at one committed state: all rows of some spans, and which new windows that serves. */
final class Reading {

    private SpanSet spans = SpanSet.NONE;
    private SpanSet late = SpanSet.NONE;
    private boolean all;
    private List<Row> rows = List.of();
    private final List<Window> admitted = new ArrayList<>();
    private final Map<Window, RuntimeException> refused = new LinkedHashMap<>();

    SpanSet spans() {
        return spans;
    }

    /** All rows of the spans, in the order of (date, key). */
    List<Row> rows() {
        return rows;
    }

    List<Window> admitted() {
        return admitted;
    }

    Map<Window, RuntimeException> refused() {
        return refused;
    }

    /** Takes the place of what was read of these spans before; the rows of one date are all in one of the two. */
    void add(SpanSet readAnew, List<Row> fresh) {
        if (readAnew.isEmpty()) {
            return;
        }
        var all = new ArrayList<Row>(rows.size() + fresh.size());
        rows.stream().filter(row -> !readAnew.contains(row.date())).forEach(all::add);
        all.addAll(fresh);
        all.sort(Comparator.comparingLong(Row::date));
        rows = all;
        spans = spans.plus(readAnew);
    }

    /** This is all that is held from now on, instead of what was held before. */
    void replace(SpanSet held, List<Row> itsRows) {
        add(held, itsRows);
        all = true;
    }

    /** Whether what was held before and not read anew is to be let go. */
    boolean isAll() {
        return all;
    }

    /** Changes of these spans were heard while it was read. */
    void heardLate(SpanSet changed) {
        late = late.plus(changed);
    }

    SpanSet late() {
        return late;
    }

    void admit(Window window) {
        admitted.add(window);
    }

    void refuse(Window window, RuntimeException reason) {
        refused.put(window, reason);
    }
}
