package org.livespan.live;

import static java.lang.System.Logger.Level.ERROR;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import org.livespan.change.ListenBarrier;
import org.livespan.change.ListenerLostException;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.live.ImageReader.Plan;
import org.livespan.time.SpanSet;

/**
 * Reads the stale and missing rows of a feed at one committed state, makes the next image, and notifies the windows that
 * contain a row that differs. Run by one thread at a time.
 */
final class FeedRefresh {

    private static final Logger LOG = System.getLogger(FeedRefresh.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

    private final Feed feed;
    private final LiveImage image;
    private final ImageReader reader;
    private final ListenBarrier barrier;
    private final Availability availability;
    private final Findings findings;
    private final RefreshSchedule schedule;
    private final Duration interval;
    private final Pace pace;

    /** @param interval see {@link RefreshTimes#interval()} */
    FeedRefresh(
            Feed feed,
            LiveImage image,
            ImageReader reader,
            ListenBarrier barrier,
            Availability availability,
            Findings findings,
            RefreshSchedule schedule,
            Duration interval,
            Pace pace) {
        this.feed = feed;
        this.image = image;
        this.reader = reader;
        this.barrier = barrier;
        this.availability = availability;
        this.findings = findings;
        this.schedule = schedule;
        this.interval = interval;
        this.pace = pace;
    }

    /** @param end windows with lower numbers are opened */
    void run(long end) {
        schedule.pauseOpening(interval);
        Plan plan = plan(end);
        var reading = new Reading();
        try {
            read(plan, reading);
            tell(reading.timed(() -> image.apply(plan, reading)));
            if (reading.isCutShort()) {
                schedule.pauseOpening(Duration.ZERO);
            }
            if (image.tookTwins()) {
                findings.twins(feed);
            }
        } catch (ListenerLostException e) {
            touchAll();
            tell(image.startOver(plan));
        } catch (FeedForbiddenException e) {
            availability.failed(feed.name(), e);
            tell(image.endAll(plan, e));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            availability.failed(feed.name(), e);
            tell(image.giveBack(plan, new FeedUnavailableException(feed.name(), e)));
            schedule.pauseWithJitter(BEFORE_RETRY);
        } finally {
            if (plan.wide()) {
                pace.spend(reading.tookInVain());
            }
        }
    }

    /** If this is for a change, the next one waits for the interval. */
    private Plan plan(long end) {
        if (!barrier.isListening()) {
            touchAll();
        }
        Plan plan = image.plan(System.nanoTime(), end);
        if (!plan.toRead().isEmpty()) {
            schedule.pause(interval);
        }
        return plan;
    }

    private void touchAll() {
        image.touch(SpanSet.ALL, barrier.lostSinceOrNow(), Touch.NARROW);
    }

    private void read(Plan plan, Reading reading) {
        if (!plan.isEmpty()) {
            reader.read(plan, reading);
            availability.answered(feed.name());
        }
    }

    /** A listener that fails does not keep the others from being called. */
    static void tell(List<Runnable> told) {
        for (Runnable one : told) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.log(ERROR, "A window could not be told of its rows", e);
            }
        }
    }
}
