package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import org.livespan.change.ListenBarrier;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;

/**
 * Compares the held rows with the database after notifications were put off, beside the refreshes, so that forged notifications
 * do not delay changes. At a difference, everything that was put off is read together.
 *
 * <p>Run by one thread at a time, which owns its fields but for {@code notBefore}.
 */
final class PutOffCheck {

    private static final Logger LOG = System.getLogger(PutOffCheck.class.getName());

    private static final int REST_WHEN_AWAITED = 3;

    private static final int LEAST_ROWS = 250;
    private static final int FIRST_ROWS = 2_000;
    private static final int MOST_ROWS = 16_000;

    private final Feed feed;
    private final PutOffRows rows;
    private final NeededRows needed;
    private final ListenBarrier barrier;
    private final Pace pace;
    private final Runnable again;
    private final OneTask task;
    private final SliceSize size = new SliceSize(LEAST_ROWS, FIRST_ROWS, MOST_ROWS);
    private final SlicePatience patience = new SlicePatience();
    private volatile long notBefore = System.nanoTime();

    /** @param again called after each comparison; requests whatever has to be done for the feed next */
    PutOffCheck(Feed feed, PutOffRows rows, NeededRows needed, LiveNode node, Runnable again) {
        this.feed = feed;
        this.rows = rows;
        this.needed = needed;
        this.barrier = node.barrier();
        this.pace = node.pace();
        this.again = again;
        this.task = new OneTask(feed.name(), node.comparing(), this::run);
    }

    /** Requests a comparison, if there is anything to compare: soon if somebody waits for it, otherwise when {@link Pace} allows. */
    void request() {
        if (rows.isAny()) {
            long now = System.nanoTime();
            long earliest = now + (rows.isAwaited() ? 0 : pace.rest().toNanos());
            task.request(earliest - notBefore > 0 ? earliest : notBefore);
        }
    }

    /** The same after a notification was put off, which makes nothing more urgent. There may be thousands of these a second. */
    void requestLater() {
        if (!task.isRequested()) {
            request();
        }
    }

    private void run() {
        try {
            rows.next(size.rows(), pace.rest().isZero()).ifPresent(this::compare);
        } finally {
            task.done();
            again.run();
        }
    }

    private void compare(PutOffSlice slice) {
        long begin = System.nanoTime();
        var told = new ArrayList<Runnable>();
        try {
            if (isSame(slice, told)) {
                size.took(slice.rows().rows(), System.nanoTime() - begin);
            } else {
                rows.follow(slice);
            }
        } catch (FeedUnavailableException e) {
            boolean again = e.isTimeout() && (size.failed() || patience.grow());
            if (!again) {
                follow(slice, e);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            follow(slice, e);
        } finally {
            spend(slice, System.nanoTime() - begin);
        }
        FeedRefresh.tell(told);
    }

    /** At a difference, everything that the snapshot sees is heard first, and where changes were heard, they may be the cause. */
    private boolean isSame(PutOffSlice slice, List<Runnable> told) {
        try (FeedSnapshot snapshot = feed.auditSnapshot(patience.limit())) {
            if (rows.agrees(slice, slice.rows(), needed.digest(snapshot, slice.rows()), told)) {
                return true;
            }
            barrier.await();
            AuditSlice rest = rows.untouched(slice);
            return rows.agrees(slice, rest, needed.digest(snapshot, rest), told);
        }
    }

    private void follow(PutOffSlice slice, Throwable reason) {
        LOG.log(DEBUG, "What was put off is read, because it cannot be compared: {0}", reason);
        rows.follow(slice);
    }

    /** Comparisons that somebody waits for take a quarter of the time at most; whoever comes meanwhile shares the next one. */
    private void spend(PutOffSlice slice, long nanos) {
        if (slice.awaited()) {
            notBefore = System.nanoTime() + REST_WHEN_AWAITED * nanos;
        } else {
            pace.spend(nanos);
        }
    }
}
