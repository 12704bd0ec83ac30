package org.livespan.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.livespan.feed.Digest;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;

/**
 * The audit of one feed: goes through all that is held of it, slice by slice in the order of the dates, and then begins
 * anew. It keeps when each part was compared, so that it can tell how old the oldest comparison is.
 *
 * <p>Owned by the audit's thread; times are those of {@link System#nanoTime()}.
 */
final class FeedAudit {

    /** A slice that differs this often is read. Once may be a change that is on its way. */
    private static final int MOST_LOOKS = 3;

    private final Feed feed;
    private final AuditedRows held;
    private final Runnable refresh;
    private final SliceSize size;
    private final SlicePatience patience = new SlicePatience();

    /** When the dates up to each key were compared, from the end before on. */
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

    /** @param refresh has what is suspect read */
    FeedAudit(Feed feed, AuditedRows held, Runnable refresh, SliceSize size) {
        this.feed = feed;
        this.held = held;
        this.refresh = refresh;
        this.size = size;
    }

    /** Notices what is held now; says whether there is anything to compare. */
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

    /** When the next slice is to be compared, so that all are within one interval, evenly. */
    long due(Duration interval) {
        boolean between = cursor == Long.MIN_VALUE && !compared.isEmpty();
        double share = between ? 1 : (double) cycleRows / Math.max(1, Math.max(cycleRows, held.size()));
        return cycleBegun + (long) (interval.toNanos() * share);
    }

    /** What came of comparing a slice. */
    enum Outcome {
        /** It is as it is held. */
        SAME,
        /** The same, and it was the last. */
        SAME_AND_LAST,
        /** It differs, perhaps by what is on its way. */
        DIFFERENT,
        /** It differs again and again, and is read. */
        SUSPECT
    }

    /**
     * Compares the next slice.
     *
     * @throws org.livespan.feed.FeedUnavailableException if the database does not answer at once
     * @throws org.livespan.feed.FeedForbiddenException if it may not be read any more
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

    /** Whether the database shows the same, or did when it was asked. Waiting for what is held is no work of the audit's. */
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
            return snapshot.digest(slice.spans(), slice.rows() + 1);
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

    /** How long the last slice kept the database at work, in nanoseconds. Waiting for a lock is no work. */
    long took() {
        return took;
    }

    private void passed(AuditSlice slice, long now) {
        compared.subMap(cursor, slice.end()).clear();
        compared.put(slice.end(), now);
        cycleRows += slice.rows();
        cursor = slice.isLast() ? Long.MIN_VALUE : slice.end() + 1;
    }

    /** It may not be read any more: whoever reads it finds that out, and lets go of it. */
    void forbidden() {
        suspect(held.slice(cursor, size.rows()));
    }

    /**
     * The database did not answer in time; less is asked for next, or it is waited for longer. Where neither is possible, it
     * is not the database that fails: this feed cannot be compared in time.
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

    /** For how long the database did not answer since the last begin. */
    private long lost(long now) {
        return lost + (failing ? now - failingSince : 0);
    }

    /** Whether nothing was found since the last begin. */
    boolean isClean() {
        return clean;
    }

    /** Whether it takes longer than that to compare all, besides the time in which the database did not answer. */
    boolean isLate(long now, Duration interval) {
        return now - cycleBegun - lost(now) > interval.toNanos();
    }

    String feed() {
        return feed.name();
    }

    /** How long ago that part was compared that has waited longest; zero if nothing is held. */
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
