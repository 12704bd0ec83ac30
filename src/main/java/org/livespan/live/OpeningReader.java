package org.livespan.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.live.ImageReader.Plan;
import org.livespan.time.SpanSet;

/**
 * Reads the rows of new windows: each window those that are neither held nor read for a window before it. Filtered windows on the
 * same span are read together, a few hundred at a time, because without an index on the filter's column each would cost a scan of
 * the span.
 *
 * <p>Once that has taken long enough, the others wait for the next refresh, so that changes are read in between. Used by one
 * thread, for one plan.
 */
final class OpeningReader {

    private static final int MOST_TOGETHER = 500;

    private final String feed;
    private final FeedSnapshot snapshot;
    private final RowLimits limits;
    private final NeededRows needed;
    private final Plan plan;
    private final ReadRows reading;
    private SpanSet held;

    /** How many rows are held, with those that were read. */
    private int heldRows;

    /** The keys of the rows that were read, if a row may be read for several selections, so that each is counted once. */
    private final Set<ByteBuffer> counted = new HashSet<>();

    private final boolean filtered;

    OpeningReader(
            String feed, FeedSnapshot snapshot, RowLimits limits, NeededRows needed, Plan plan, ReadRows reading) {
        this.feed = feed;
        this.snapshot = snapshot;
        this.limits = limits;
        this.needed = needed;
        this.plan = plan;
        this.reading = reading;
        this.held = plan.held();
        this.heldRows = plan.heldRows();
        this.filtered =
                plan.opening().stream().anyMatch(window -> !window.selection().isAll());
    }

    /**
     * @param most after how long no more are read
     * @return the spans that are held then, for any selection
     */
    SpanSet read(Duration most) {
        long begin = System.nanoTime();
        List<Window> windows = plan.opening();
        for (int done = 0; done < windows.size() && !reading.isCutShort(); ) {
            if (windows.get(done).isClosed()) {
                done++;
                continue;
            }
            List<Window> together = together(windows.subList(done, windows.size()));
            read(together, missing(together.get(0)));
            done += together.size();
            if (System.nanoTime() - begin > most.toNanos() && done < windows.size()) {
                reading.cutShort();
            }
        }
        return held;
    }

    /** The first of them, and those that follow if all are filtered, have different selections and miss the same. */
    private List<Window> together(List<Window> windows) {
        SpanSet missing = missing(windows.get(0));
        Set<Selection> selections = new HashSet<>();
        int count = 0;
        while (count < Math.min(MOST_TOGETHER, windows.size())) {
            Window window = windows.get(count);
            if (count > 0 && (window.selection().isAll() || !missing(window).equals(missing))
                    || !selections.add(window.selection())) {
                break;
            }
            count++;
            if (window.selection().isAll() || missing.isEmpty()) {
                break;
            }
        }
        return windows.subList(0, count);
    }

    private SpanSet missing(Window window) {
        return new SpanSet(List.of(window.span()))
                .minus(plan.covered().of(window.selection()))
                .minus(reading.covered().of(window.selection()));
    }

    private void read(List<Window> windows, SpanSet missing) {
        if (windows.size() == 1) {
            Window window = windows.get(0);
            boolean none = missing.isEmpty() || window.selection().isNothing();
            give(window, missing, none ? List.of() : rows(Set.of(window.selection()), missing));
            return;
        }
        List<Row> rows =
                rows(Superset.of(windows.stream().map(Window::selection).toList()), missing);
        if (rows.size() > limits.window()) {
            int half = windows.size() / 2;
            read(windows.subList(0, half), missing);
            read(windows.subList(half, windows.size()), missing);
        } else {
            Map<Selection, List<Row>> each = distributed(windows, rows);
            windows.forEach(window -> give(window, missing, each.get(window.selection())));
        }
    }

    private List<Row> rows(Set<Selection> selections, SpanSet missing) {
        return snapshot.read(
                selections.stream()
                        .map(selection -> new SelectedSpans(missing, selection))
                        .toList(),
                limits.window() + 1);
    }

    private static Map<Selection, List<Row>> distributed(List<Window> windows, List<Row> rows) {
        var each = new HashMap<Selection, List<Row>>();
        var index = new SelectionIndex<List<Row>>();
        for (Window window : windows) {
            var own = new ArrayList<Row>();
            each.put(window.selection(), own);
            index.add(window.selection(), own);
        }
        rows.forEach(row -> index.forEach(row.values(), own -> own.add(row)));
        return each;
    }

    private void give(Window window, SpanSet missing, List<Row> rows) {
        List<Row> more = held.intersect(missing).isEmpty() ? rows : uncounted(rows);
        if (rows.size() > limits.window()) {
            reading.refuse(window, new WindowTooLargeException(limits.window()));
        } else if (heldRows + more.size() > limits.feed()) {
            reading.refuse(window, new FeedTooLargeException(feed, limits.feed()));
        } else {
            heldRows += more.size();
            if (filtered) {
                more.forEach(row -> counted.add(ByteBuffer.wrap(row.key())));
            }
            held = held.plus(missing);
            reading.add(window.selection(), missing, rows);
            reading.admit(window);
        }
    }

    /** Those that neither are held for another selection nor were read for one. */
    private List<Row> uncounted(List<Row> rows) {
        return needed.unheld(rows).stream()
                .filter(row -> !counted.contains(ByteBuffer.wrap(row.key())))
                .toList();
    }
}
