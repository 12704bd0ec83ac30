package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.util.Comparator.naturalOrder;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.livespan.change.Change;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.live.Window.Present;
import org.livespan.time.SpanSet;

/**
 * A feed that is kept current: one image, and many windows on it.
 *
 * <p>Changes and new windows request a {@link FeedRefresh}, of which one is scheduled or running at a time. The first change
 * is read at once; those that come meanwhile are read together by the next refresh, no sooner than the refresh interval after
 * the last one for changes. New windows are opened no more often than that either, and changes do not wait for them.
 */
final class LiveFeed implements Window.Owner {

    private static final Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Feed feed;
    private final LiveNode node;
    private final LiveImage image;
    private final RefreshSchedule schedule;
    private final FeedRefresh refresh;
    private final PutOffCheck check;

    /** Taken during a refresh, and in the end for good when this is stopped. */
    private final Semaphore turn = new Semaphore(1);

    private final AtomicLong windows = new AtomicLong();

    LiveFeed(Feed feed, LiveNode node) {
        this.feed = feed;
        this.node = node;
        this.image = new LiveImage(
                feed.name(), node.limits(), unheard -> node.findings().found(feed, unheard));
        this.schedule = new RefreshSchedule(feed.name(), node.queries(), this::refresh, this::forget);
        this.refresh = new FeedRefresh(feed, image, schedule, node);
        this.check = new PutOffCheck(feed, image.putOff(), image.needed(), node, this::requestRefresh);
    }

    /** The window hears of changes before its first result is read, so that nothing is lost in between. */
    Window open(Restriction restriction, WindowListener listener, FirstResult first) {
        var window = new Window(this, restriction, listener, windows.getAndIncrement());
        FirstResult possible = node.barrier().isListening() ? first : FirstResult.CURRENT;
        FeedRefresh.tell(image.open(window, possible));
        if (possible == FirstResult.CURRENT) {
            node.sharedBarrier()
                    .await()
                    .handle((nothing, failure) -> heard(window, failure))
                    .exceptionally(this::unexpected);
        }
        requestRefresh(window);
        return window;
    }

    /** Everything committed before the window came has been heard, so that it sees it in the rows that are held. */
    private Void heard(Window window, Throwable failure) {
        if (failure != null && image.isOpening(window)) {
            LOG.log(DEBUG, "All of feed {0} is read again: {1}", feed.name(), failure);
            touch(SpanSet.ALL, Touch.NARROW);
        }
        image.heard(window);
        requestRefresh(window);
        return null;
    }

    private Void unexpected(Throwable failure) {
        MemoryLoss.tell(failure);
        LOG.log(ERROR, "A window of feed " + feed.name() + " could not be opened", failure);
        return null;
    }

    void changed(Change change) {
        SpanSet touched = feed.touchedBy(change);
        if (!change.keys().isEmpty() && change.isFor(feed.rowColumns())) {
            touched = touched.plus(image.find(change.keys()));
        }
        if (touched.isEmpty() || !change.notified() || !image.isMost(change.spans())) {
            touch(touched, Touch.NARROW);
            requestRefresh();
        } else if (node.pace().allows()) {
            touch(touched, Touch.WIDE);
            requestRefresh();
        } else {
            touch(touched, Touch.PUT_OFF);
            node.pace().putOff();
            check.requestLater();
        }
    }

    private void touch(SpanSet spans, Touch how) {
        image.touch(spans, node.barrier().lostSinceOrNow(), how);
    }

    /** Since when the held rows may be older than the database; empty if they are current, as far as was heard. */
    Optional<Instant> staleSince() {
        // In this order: a listener that reconnects has touched the image before
        Optional<Instant> lost = node.barrier().lostSince();
        return Stream.of(lost, image.staleSince()).flatMap(Optional::stream).min(naturalOrder());
    }

    Feed feed() {
        return feed;
    }

    /** Whether the rows of the span are held, and changes of them are heard. */
    boolean holds(Restriction restriction) {
        return node.barrier().isListening() && image.holds(restriction);
    }

    /**
     * Answers with the held rows of a span as soon as everything has been heard and those that changed have been read.
     *
     * @param heard completes when everything committed before the question has been heard
     * @return completes with nothing if they are not held or could not be read, or it is not known what was committed
     */
    CompletionStage<Optional<Image>> look(Restriction restriction, CompletionStage<Void> heard) {
        return heard.handle((nothing, failure) -> failure == null)
                .thenCompose(all -> all ? look(restriction) : CompletableFuture.completedStage(Optional.empty()))
                .exceptionally(this::notLooked);
    }

    /** The same, as of everything heard until now. */
    CompletionStage<Optional<Image>> look(Restriction restriction) {
        var answer = new CompletableFuture<Optional<Image>>();
        FeedRefresh.tell(image.look(restriction, answer));
        if (!answer.isDone()) {
            requestRefresh(false);
        }
        return answer;
    }

    private Optional<Image> notLooked(Throwable unexpected) {
        MemoryLoss.tell(unexpected);
        LOG.log(ERROR, "The held rows of feed " + feed.name() + " could not be used", unexpected);
        return Optional.empty();
    }

    @Override
    public Present present(Window window) {
        return image.present(window);
    }

    @Override
    public void close(Window window) {
        image.close(window, System.nanoTime() + node.times().linger().toNanos());
        schedule.forgetAfter(node.times().linger().plus(MARGIN));
    }

    private void requestRefresh() {
        requestRefresh(image.isAwaited());
    }

    /** The same when nothing has changed for the other windows, however many wait. */
    private void requestRefresh(Window window) {
        requestRefresh(image.isDue(window));
    }

    private void requestRefresh(boolean awaited) {
        if (image.isStale()) {
            schedule.refresh();
        } else if (awaited) {
            schedule.open();
        }
        check.request();
    }

    private void forget() {
        schedule.forgetting();
        schedule.refresh();
        if (image.isLingering()) {
            schedule.forgetAfter(node.times().linger().plus(MARGIN));
        }
    }

    private void refresh() {
        if (turn.tryAcquire()) {
            try {
                refresh.run(windows.get());
            } finally {
                turn.release();
                schedule.refreshed();
                requestRefresh();
            }
        }
    }

    /**
     * Ends refreshing; returns when a refresh under way has ended, or after the given time.
     *
     * @throws InterruptedException if the wait is interrupted
     */
    void stop(Duration atMost) throws InterruptedException {
        if (!turn.tryAcquire(atMost.toMillis(), MILLISECONDS)) {
            LOG.log(DEBUG, "Feed {0} is still being read", feed.name());
        }
    }

    /** An audit of all held rows. */
    FeedAudit audit(SliceSize size) {
        return new FeedAudit(feed, audited(), image.needed(), this::requestRefresh, size);
    }

    /** All held rows. */
    AuditedRows audited() {
        return image.audited();
    }
}
