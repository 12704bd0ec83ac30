package org.livespan.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.livespan.feed.Digest;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;

/**
 * The audit of one feed: compares all its held rows, slice by slice in the order of their dates, and then begins again. It
 * remembers when each part was compared, and so knows the age of the oldest comparison.
 *
 * <p>Owned by the audit's thread; times are those of {@link System#nanoTime()}.
 */
final class FeedAudit {

    /** A slice that differs this often is read. A single difference may be a change that has not been read yet. */
    private static final int MOST_LOOKS = 3;

    private final Feed feed;
    private final AuditedRows held;
    private final NeededRows needed;
    private final Runnable refresh;
    private final SliceSize size;
    private final SlicePatience patience = new SlicePatience();

    /** When the dates up to each key were compared, beginning after the key before it. */
    private final TreeMap<Long, Long> compared = new TreeMap<>();

    private long cursor = Long.MIN_VALUE;
    private long heldSince;
    private boolean holds;
    private long cycleBegun;
    private int cycleRows;
    private int looks;
    private long took;
    private boolean clean = true;
    private boolean failing;
    private long failingSince;
    private long lost;

    /** @param refresh has suspect rows read */
    FeedAudit(Feed feed, AuditedRows held, NeededRows needed, Runnable refresh, SliceSize size) {
        this.feed = feed;
        this.held = held;
        this.needed = needed;
        this.refresh = refresh;
        this.size = size;
    }

    /** Notices what is held now, and says whether there is anything to compare. */
    boolean isNeeded(long now) {
        if (held.isEmpty()) {
            holds = false;
        } else if (!holds) {
            holds = true;
            heldSince = now;
            compared.clear();
            begin(now);
        }
        return holds;
    }

    private void begin(long now) {
        cursor = Long.MIN_VALUE;
        cycleBegun = now;
        cycleRows = 0;
        clean = true;
        lost = 0;
    }

    /** When the next slice is due, so that all are compared within one interval, at an even pace. */
    long due(Duration interval) {
        boolean between = cursor == Long.MIN_VALUE && !compared.isEmpty();
        double share = between ? 1 : (double) cycleRows / Math.max(1, Math.max(cycleRows, held.size()));
        return cycleBegun + (long) (interval.toNanos() * share);
    }

    /** The outcome of a comparison. */
    enum Outcome {
        /** No difference. */
        SAME,
        /** No difference, and it was the last slice. */
        SAME_AND_LAST,
        /** A difference, which may be a change that has not been read yet. */
        DIFFERENT,
        /** A lasting difference: the slice is read. */
        SUSPECT
    }

    /**
     * Compares the next slice.
     *
     * @throws org.livespan.feed.FeedUnavailableException if the database does not answer at once
     * @throws org.livespan.feed.FeedForbiddenException if the feed may no longer be read
     */
    Outcome compare(long now) {
        if (cursor == Long.MIN_VALUE && !compared.isEmpty()) {
            begin(now);
        }
        AuditSlice slice = held.slice(cursor, size.rows());
        boolean same = ask(slice);
        answered(now);
        size.took(slice.rows(), took);
        if (!same && ++looks < MOST_LOOKS) {
            return Outcome.DIFFERENT;
        }
        looks = 0;
        if (!same) {
            clean = false;
            suspect(slice);
        }
        passed(slice, now);
        return same ? slice.isLast() ? Outcome.SAME_AND_LAST : Outcome.SAME : Outcome.SUSPECT;
    }

    /** Whether the database shows the same rows. The time for waiting is not counted as used. */
    private boolean ask(AuditSlice slice) {
        if (slice.spans().isEmpty()) {
            took = 0;
            return true;
        }
        return held.agrees(slice, digest(slice));
    }

    private Digest digest(AuditSlice slice) {
        long asked = System.nanoTime();
        boolean waited = false;
        try (FeedSnapshot snapshot = feed.auditSnapshot(patience.limit())) {
            return needed.digest(snapshot, slice);
        } catch (FeedUnavailableException e) {
            waited = e.isLocked();
            throw e;
        } finally {
            took = waited ? 0 : System.nanoTime() - asked;
        }
    }

    private void suspect(AuditSlice slice) {
        held.suspect(slice.spans());
        refresh.run();
    }

    /** How long the last slice kept the database busy, in nanoseconds, not counting the wait for a lock. */
    long took() {
        return took;
    }

    private void passed(AuditSlice slice, long now) {
        compared.subMap(cursor, slice.end()).clear();
        compared.put(slice.end(), now);
        cycleRows += slice.rows();
        cursor = slice.isLast() ? Long.MIN_VALUE : slice.end() + 1;
    }

    /** It may no longer be read: the next refresh finds that out, and drops its rows. */
    void forbidden() {
        suspect(held.slice(cursor, size.rows()));
    }

    /**
     * The database did not answer in time: the next slice is smaller, or may take longer. If neither is possible, the
     * database is not at fault: this feed cannot be compared in time.
     */
    void failed(FeedUnavailableException failure, long now) {
        looks = 0;
        boolean less = size.failed();
        if (failure.isTimeout() && !less && !patience.grow()) {
            answered(now);
        } else {
            failingSince = failing ? failingSince : now;
            failing = true;
        }
    }

    private void answered(long now) {
        lost = lost(now);
        failing = false;
    }

    /** For how long the database has not answered since the pass began. */
    private long lost(long now) {
        return lost + (failing ? now - failingSince : 0);
    }

    /** Whether nothing was found since the pass began. */
    boolean isClean() {
        return clean;
    }

    /** Whether the pass takes longer than that, not counting the time in which the database did not answer. */
    boolean isLate(long now, Duration interval) {
        return now - cycleBegun - lost(now) > interval.toNanos();
    }

    String feed() {
        return feed.name();
    }

    /** The age of the oldest comparison among the held rows; zero if nothing is held. */
    Duration age(long now) {
        if (!holds) {
            return Duration.ZERO;
        }
        Map.Entry<Long, Long> last = compared.lastEntry();
        boolean all = last != null && last.getKey() == Long.MAX_VALUE;
        long oldest =
                compared.values().stream().mapToLong(Long::longValue).min().orElse(heldSince);
        return Duration.ofNanos(now - (all ? oldest : Math.min(oldest, heldSince)));
    }
}
