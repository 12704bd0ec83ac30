package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Digest;
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

    /** A slice that differs this often is read. A single difference may be a change that has not been read yet. */
    private static final int MOST_LOOKS = 3;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int REST_WHEN_AWAITED = 3;

    private static final int LEAST_ROWS = 250;
    private static final int FIRST_ROWS = 2_000;
    private static final int MOST_ROWS = 16_000;

    private final Feed feed;
    private final PutOffRows rows;
    private final Pace pace;
    private final Runnable again;
    private final OneTask task;
    private final SliceSize size = new SliceSize(LEAST_ROWS, FIRST_ROWS, MOST_ROWS);
    private final SlicePatience patience = new SlicePatience();
    private int looks;
    private long took;
    private volatile long notBefore = System.nanoTime();

    /** @param again called after each comparison; requests whatever has to be done for the feed next */
    PutOffCheck(Feed feed, PutOffRows rows, Pace pace, ScheduledExecutorService executor, Runnable again) {
        this.feed = feed;
        this.rows = rows;
        this.pace = pace;
        this.again = again;
        this.task = new OneTask(feed.name(), executor, this::run);
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
            rows.next(size.rows(), looks > 0 || isAllowed()).ifPresent(this::compare);
        } finally {
            task.done();
            again.run();
        }
    }

    private void compare(PutOffSlice slice) {
        long begin = System.nanoTime();
        var told = new ArrayList<Runnable>();
        boolean settled = true;
        try {
            if (rows.agrees(slice, digest(slice.rows()), told)) {
                size.took(slice.rows().rows(), System.nanoTime() - begin);
            } else if (++looks < MOST_LOOKS) {
                notBefore = System.nanoTime() + BETWEEN_LOOKS.toNanos();
                settled = false;
            } else {
                rows.follow(slice, isAllowed());
            }
        } catch (FeedUnavailableException e) {
            settled = !e.isTimeout() || !size.failed() && !patience.grow();
            if (settled) {
                LOG.log(DEBUG, "What was put off is read, because it cannot be compared: {0}", e.getMessage());
                rows.follow(slice, isAllowed());
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(DEBUG, "What was put off is read, because it cannot be compared: {0}", e);
            rows.follow(slice, isAllowed());
        } finally {
            took += System.nanoTime() - begin;
            if (settled) {
                settled(slice);
            }
        }
        FeedRefresh.tell(told);
    }

    private boolean isAllowed() {
        return pace.rest().isZero();
    }

    /** Comparisons that somebody waits for take a quarter of the time at most; whoever comes meanwhile shares the next one. */
    private void settled(PutOffSlice slice) {
        if (slice.awaited()) {
            notBefore = System.nanoTime() + REST_WHEN_AWAITED * took;
        } else {
            pace.spend(took);
        }
        took = 0;
        looks = 0;
    }

    private Digest digest(AuditSlice slice) {
        try (FeedSnapshot snapshot = feed.auditSnapshot(patience.limit())) {
            return snapshot.digest(slice.spans(), slice.rows() + 1);
        }
    }
}
