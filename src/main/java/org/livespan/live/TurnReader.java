package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Reads the windows of a feed again, one after another, the oldest first, and keeps the rows of those for which there is
 * {@link Room}; used if all of them are more than may be read at once. Each read is bounded by what its window may hold; once
 * as many rows were read in vain as may be held, windows that still need rows are refused unread.
 *
 * <p>Everything comes from one snapshot and replaces everything that is held, so it is one committed state, whatever was heard.
 */
final class TurnReader {

    private final FeedSnapshot snapshot;
    private final String feed;
    private final RowLimits limits;
    private final Room room;
    private final Map<Selection, Kept> kept = new LinkedHashMap<>();

    /** The rows by their keys, of whatever selection, so that each is counted once. */
    private final Set<ByteBuffer> keys = new HashSet<>();

    private int inVain;

    /** What is kept of one selection. */
    private static final class Kept {
        private final NavigableMap<Long, List<Row>> rows = new TreeMap<>();
        private SpanSet covered = SpanSet.NONE;
    }

    TurnReader(FeedSnapshot snapshot, String feed, RowLimits limits) {
        this.snapshot = snapshot;
        this.feed = feed;
        this.limits = limits;
        this.room = new Room(feed, limits);
    }

    /**
     * @param windows in the order of their numbers
     * @param opening those of them that are not open yet
     */
    ReadRows read(List<Window> windows, Set<Window> opening, ReadRows reading) {
        reading.startOver();
        for (Window window : windows) {
            Optional<RuntimeException> refusal = refusal(window);
            refusal.ifPresent(reason -> reading.refuse(window, reason));
            if (refusal.isEmpty() && opening.contains(window)) {
                reading.admit(window);
            }
        }
        kept.forEach((selection, some) -> {
            var rows = new ArrayList<Row>();
            some.rows.values().forEach(rows::addAll);
            reading.add(selection, some.covered, rows);
        });
        return reading;
    }

    private Optional<RuntimeException> refusal(Window window) {
        Kept same = kept.computeIfAbsent(window.selection(), none -> new Kept());
        SpanSet missing = new SpanSet(List.of(window.span())).minus(same.covered);
        int known = known(window.span(), same);
        if (missing.isEmpty() || known > limits.window()) {
            return room.refusal(known, 0);
        }
        if (inVain >= limits.feed()) {
            return Optional.of(new FeedTooLargeException(feed, limits.feed()));
        }
        List<Row> rows = window.selection().isNothing()
                ? List.of()
                : snapshot.read(List.of(new SelectedSpans(missing, window.selection())), limits.window() - known + 1);
        List<ByteBuffer> fresh = rows.stream()
                .map(row -> ByteBuffer.wrap(row.key()))
                .filter(key -> !keys.contains(key))
                .toList();
        Optional<RuntimeException> refusal = room.refusal(known + rows.size(), fresh.size());
        if (refusal.isPresent()) {
            inVain += rows.size();
        } else {
            same.covered = same.covered.plus(missing);
            keys.addAll(fresh);
            rows.forEach(row -> same.rows
                    .computeIfAbsent(row.date(), date -> new ArrayList<>())
                    .add(row));
        }
        return refusal;
    }

    /** How many rows of the span have been kept; stops counting soon after the limit. */
    private int known(Span span, Kept same) {
        int count = 0;
        if (!span.isEmpty()) {
            for (List<Row> rows :
                    same.rows.subMap(span.start(), true, span.end(), true).values()) {
                count += rows.size();
                if (count > limits.window()) {
                    break;
                }
            }
        }
        return count;
    }
}
