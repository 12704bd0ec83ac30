package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
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
    private final NavigableMap<Long, List<Row>> kept = new TreeMap<>();
    private SpanSet covered = SpanSet.NONE;
    private int inVain;

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
        var rows = new ArrayList<Row>();
        kept.values().forEach(rows::addAll);
        reading.add(covered, rows);
        return reading;
    }

    private Optional<RuntimeException> refusal(Window window) {
        SpanSet missing = new SpanSet(List.of(window.span())).minus(covered);
        int known = known(window);
        if (missing.isEmpty() || known > limits.window()) {
            return room.refusal(known, 0);
        }
        if (inVain >= limits.feed()) {
            return Optional.of(new FeedTooLargeException(feed, limits.feed()));
        }
        List<Row> rows = snapshot.read(missing, limits.window() - known + 1);
        Optional<RuntimeException> refusal = room.refusal(known + rows.size(), rows.size());
        if (refusal.isPresent()) {
            inVain += rows.size();
        } else {
            covered = covered.plus(missing);
            rows.forEach(row ->
                    kept.computeIfAbsent(row.date(), date -> new ArrayList<>()).add(row));
        }
        return refusal;
    }

    /** How many rows of the window have been kept; stops counting soon after the limit. */
    private int known(Window window) {
        int count = 0;
        if (!window.span().isEmpty()) {
            for (List<Row> rows : kept.subMap(
                            window.span().start(), true, window.span().end(), true)
                    .values()) {
                count += rows.size();
                if (count > limits.window()) {
                    break;
                }
            }
        }
        return count;
    }
}
