package org.livespan.live;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import org.livespan.change.ListenerLostException;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedAlteredException;
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
    private final RefreshSchedule schedule;
    private final LiveNode node;
    private final ImageReader reader;

    FeedRefresh(Feed feed, LiveImage image, RefreshSchedule schedule, LiveNode node) {
        this.feed = feed;
        this.image = image;
        this.schedule = schedule;
        this.node = node;
        this.reader = new ImageReader(feed, image, node);
    }

    /** @param end windows with lower numbers are opened */
    void run(long end) {
        schedule.pauseOpening(node.times().interval());
        Plan plan = plan(end);
        var reading = new ReadRows();
        try {
            reader.read(plan, reading, () -> show(plan, reading));
            if (reading.isCutShort()) {
                schedule.pauseOpening(Duration.ZERO);
            }
            if (image.tookTwins()) {
                node.findings().twins(feed);
            }
        } catch (ListenerLostException e) {
            touchAll();
            tell(image.startOver(plan));
        } catch (FeedForbiddenException e) {
            node.availability().failed(feed.name(), e);
            tell(image.endAll(plan, e));
        } catch (FeedAlteredException e) {
            LOG.log(INFO, "{0}: its streams end, and clients reconnect", e.getMessage());
            tell(image.endAll(plan, e));
        } catch (RuntimeException | Error e) {
            MemoryLoss.tell(e);
            node.availability().failed(feed.name(), e);
            tell(image.giveBack(plan, new FeedUnavailableException(feed.name(), e)));
            schedule.pauseWithJitter(BEFORE_RETRY);
        } finally {
            if (plan.wide()) {
                node.pace().spend(reading.tookInVain());
            }
        }
    }

    /** If this is for a change, the next one waits for the interval. */
    private Plan plan(long end) {
        if (!node.barrier().isListening()) {
            touchAll();
        }
        Plan plan = image.plan(System.nanoTime(), end);
        if (!plan.toRead().isEmpty()) {
            schedule.pause(node.times().interval());
        }
        return plan;
    }

    private void touchAll() {
        image.touch(SpanSet.ALL, node.barrier().lostSinceOrNow(), Touch.NARROW);
    }

    private void show(Plan plan, ReadRows reading) {
        if (!plan.isEmpty()) {
            node.availability().answered(feed.name());
        }
        tell(reading.timed(() -> image.apply(plan, reading)));
    }

    /** A listener that fails does not keep the others from being called. */
    static void tell(List<Runnable> told) {
        for (Runnable one : told) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.log(ERROR, "A window listener failed", e);
            }
        }
    }
}
