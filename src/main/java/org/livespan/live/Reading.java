package org.livespan.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.livespan.feed.Row;
import org.livespan.time.SpanSet;

/** What was read of a feed at one committed state: all rows of some spans, and which new windows that serves. */
final class Reading {

    private SpanSet spans = SpanSet.NONE;
    private SpanSet late = SpanSet.NONE;
    private boolean all;
    private boolean cutShort;
    private long took;
    private int different;
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

    /** Some of the new windows are for the next one. */
    void cutShort() {
        cutShort = true;
    }

    boolean isCutShort() {
        return cutShort;
    }

    /** Those of the windows that are for the next one. */
    List<Window> leftOf(List<Window> windows) {
        if (!cutShort) {
            return List.of();
        }
        var done = new HashSet<Window>(admitted);
        done.addAll(refused.keySet());
        return windows.stream().filter(window -> !done.contains(window)).toList();
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

    /** What was read is of no use: all that is held is read anew. */
    void startOver() {
        spans = SpanSet.NONE;
        rows = List.of();
        admitted.clear();
        refused.clear();
        cutShort = false;
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

    /** Does some of the work for what is held, and counts the time that takes. */
    <T> T timed(Supplier<T> work) {
        long begin = System.nanoTime();
        try {
            return work.get();
        } finally {
            took += System.nanoTime() - begin;
        }
    }

    /** What of it had changed. */
    void differs(RowChanges changes) {
        different = changes.added().size() + changes.removed().size();
    }

    /** How many nanoseconds went into rows that had not changed. */
    long tookInVain() {
        return different >= rows.size() && different > 0 ? 0 : took - took * different / Math.max(1, rows.size());
    }

    void admit(Window window) {
        admitted.add(window);
    }

    void refuse(Window window, RuntimeException reason) {
        refused.put(window, reason);
    }
}
