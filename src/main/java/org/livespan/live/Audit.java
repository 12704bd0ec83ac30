package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Comparator.comparingLong;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.AuditInterval;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;

/**
 * Compares all held rows with the database, over and over, a slice at a time, whether or not there were notifications. So
 * whatever changes what a table shows is found within the interval, including causes that nobody thought of.
 *
 * <p>It uses a hundredth of the time at most: once its {@link Allowance} is used up, it rests after each slice. If that is
 * not enough for all rows within the interval, it takes longer and logs this.
 *
 * <p>One thread owns it; any thread may read {@code age}.
 */
final class Audit {

    private static final Logger LOG = System.getLogger(Audit.class.getName());

    /** It uses a hundredth of the time. */
    static final int SHARE = 100;

    /** A hundredth of five minutes. */
    static final Duration MOST_SAVED_UP = Duration.ofSeconds(3);

    private static final int LEAST_ROWS = 250;
    private static final int FIRST_ROWS = 2_000;
    private static final int MOST_ROWS = 64_000;

    /** Leaves time for slices that are due together or have to be compared again. */
    private static final double SHARE_OF_INTERVAL = 0.8;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final List<FeedAudit> feeds;
    private final AuditInterval interval;
    private final Duration spread;
    private final Findings findings;
    private final Allowance allowance;
    private final ScheduledExecutorService executor;
    private long restUntil = System.nanoTime();
    private boolean saidLate;
    private volatile Duration age = Duration.ZERO;

    Audit(
            Collection<LiveFeed> feeds,
            AuditInterval interval,
            Findings findings,
            Allowance allowance,
            ScheduledExecutorService executor) {
        this.feeds = feeds.stream()
                .map(feed -> feed.audit(new SliceSize(LEAST_ROWS, FIRST_ROWS, MOST_ROWS)))
                .toList();
        this.interval = interval;
        this.spread = Duration.ofNanos((long) (interval.duration().toNanos() * SHARE_OF_INTERVAL));
        this.findings = findings;
        this.allowance = allowance;
        this.executor = executor;
    }

    void start() {
        if (!interval.isOff()) {
            later(LOOK_EVERY);
        }
    }

    /** The age of the oldest comparison among the held rows. */
    Duration age() {
        return age;
    }

    private void later(Duration pause) {
        if (!executor.isShutdown()) {
            executor.schedule(this::look, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        Duration pause = LOOK_EVERY;
        try {
            Optional<FeedAudit> next = feeds.stream()
                    .filter(feed -> feed.isNeeded(now))
                    .min(comparingLong(feed -> feed.due(spread) - now));
            age = feeds.stream()
                    .map(feed -> feed.age(now))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            if (next.isPresent()) {
                long due = Math.max(next.get().due(spread) - now, restUntil - now);
                if (due <= 0) {
                    compare(next.get(), now);
                    due = 0;
                }
                pause = between(
                        LEAST_PAUSE, Duration.ofNanos(Math.max(due, restUntil - System.nanoTime())), LOOK_EVERY);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(ERROR, "The audit failed with an unexpected error; it continues", e);
        } finally {
            later(pause);
        }
    }

    private void compare(FeedAudit feed, long now) {
        long pause = 0;
        try {
            FeedAudit.Outcome outcome = feed.compare(now);
            tellIfLate(feed, now);
            if (outcome == FeedAudit.Outcome.SAME_AND_LAST && feed.isClean()) {
                findings.clean(feed.feed());
            }
        } catch (FeedForbiddenException e) {
            feed.forbidden();
            pause = AFTER_FAILURE.toNanos();
        } catch (FeedUnavailableException e) {
            LOG.log(DEBUG, "The audit waits: {0}", e.getMessage());
            feed.failed(e, now);
            tellIfLate(feed, now);
            pause = AFTER_FAILURE.toNanos();
        } finally {
            long end = System.nanoTime();
            allowance.spend(feed.took(), end);
            restUntil = end + Math.max(pause, allowance.rest(end));
        }
    }

    private void tellIfLate(FeedAudit feed, long now) {
        if (!saidLate && feed.isLate(now, interval.duration())) {
            saidLate = true;
            LOG.log(
                    WARNING,
                    "The audit takes longer than {0}, because it uses at most 1 % of the time. The MBean"
                            + " org.livespan:type=Audit shows how long.",
                    interval);
        } else if (saidLate && age.compareTo(interval.duration()) < 0) {
            saidLate = false;
            LOG.log(INFO, "The audit completes within {0} again.", interval);
        }
    }

    private static Duration between(Duration least, Duration pause, Duration most) {
        return pause.compareTo(least) < 0 ? least : pause.compareTo(most) > 0 ? most : pause;
    }
}
