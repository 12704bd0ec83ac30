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

/** The rows read of a feed at one committed state: all those of some spans; and the new windows that can be opened with them. */
final class ReadRows {

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

    /** Some of the new windows are left for the next refresh. */
    void cutShort() {
        cutShort = true;
    }

    boolean isCutShort() {
        return cutShort;
    }

    /** Those of the windows that are left for the next refresh. */
    List<Window> leftOf(List<Window> windows) {
        if (!cutShort) {
            return List.of();
        }
        var done = new HashSet<Window>(admitted);
        done.addAll(refused.keySet());
        return windows.stream().filter(window -> !done.contains(window)).toList();
    }

    /** Replaces what was read of these spans before. The rows of one date are all in either of the two. */
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

    /** Discards what was read: all held rows are read again. */
    void startOver() {
        spans = SpanSet.NONE;
        rows = List.of();
        admitted.clear();
        refused.clear();
        cutShort = false;
        all = true;
    }

    /** Whether held rows that were not read again have to be dropped. */
    boolean isAll() {
        return all;
    }

    /** Changes of these spans were heard during the read. */
    void heardLate(SpanSet changed) {
        late = late.plus(changed);
    }

    SpanSet late() {
        return late;
    }

    /** Does some of the work for held rows, and measures its time. */
    <T> T timed(Supplier<T> work) {
        long begin = System.nanoTime();
        try {
            return work.get();
        } finally {
            took += System.nanoTime() - begin;
        }
    }

    /** The rows that had changed. */
    void differs(RowChanges changes) {
        different = changes.upserted().size() + changes.removed().size();
    }

    /** How many nanoseconds were spent on rows that had not changed. */
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
