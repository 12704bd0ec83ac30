package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.livespan.feed.Row;
import org.livespan.feed.Selection;
import org.livespan.time.SpanSet;

/**
 * The rows read of a feed at one committed state: those of some spans for all selections together, and others for one selection
 * each; and the new windows that can be opened with them.
 */
final class ReadRows {

    private SpanSet spans = SpanSet.NONE;
    private SpanSet late = SpanSet.NONE;
    private boolean all;
    private boolean cutShort;
    private long took;
    private int different;
    private List<Row> rows = List.of();

    /** Those that were read for one selection each. */
    private final Map<Selection, List<Row>> selected = new HashMap<>();

    private final Coverage covered = new Coverage();
    private final List<Window> admitted = new ArrayList<>();
    private final Map<Window, RuntimeException> refused = new LinkedHashMap<>();

    /** The spans that were read for all selections together. */
    SpanSet spans() {
        return spans;
    }

    /** Whether nothing was read. */
    boolean isEmpty() {
        return spans.isEmpty() && covered.selections().isEmpty();
    }

    /** All rows of the spans that are needed, in the order of (date, key). */
    List<Row> rows() {
        return rows;
    }

    /** The rows that were read for this selection only, in the order of (date, key). */
    List<Row> rows(Selection selection) {
        return selected.getOrDefault(selection, List.of());
    }

    /** For each selection, the spans of its new windows that were not held; all its spans if {@link #isAll}. */
    Coverage covered() {
        return covered;
    }

    /** All rows, each once, in the order of their dates. */
    List<Row> allRows() {
        var all = new ArrayList<>(rows);
        Set<ByteBuffer> keys = new HashSet<>();
        for (List<Row> some : selected.values()) {
            for (Row row : some) {
                if (!spans.contains(row.date()) && keys.add(ByteBuffer.wrap(row.key()))) {
                    all.add(row);
                }
            }
        }
        all.sort(Comparator.comparingLong(Row::date));
        return all;
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

    /** Adds all rows of some spans of a selection, of which no others are held yet. */
    void add(Selection selection, SpanSet missing, List<Row> fresh) {
        covered.add(selection, missing);
        if (selection.isAll()) {
            add(missing, fresh);
        } else {
            List<Row> more = selected.computeIfAbsent(selection, none -> new ArrayList<>());
            more.addAll(fresh);
            more.sort(Comparator.comparingLong(Row::date));
        }
    }

    /** Discards what was read: all held rows are read again. */
    void startOver() {
        spans = SpanSet.NONE;
        rows = List.of();
        selected.clear();
        covered.clear();
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
