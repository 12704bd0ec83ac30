package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.util.Comparator.naturalOrder;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.livespan.change.Change;
import org.livespan.change.ListenBarrier;
import org.livespan.change.ListenerLostException;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.live.ImageReader.Plan;
import org.livespan.live.Window.Present;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * One feed, kept true: one image, and many windows on it.
 *
 * <p>Changes and new windows ask for a refresh. One is due or under way at a time; it reads what is stale or missing at
 * one committed state, makes the next image and tells the windows that contain a row that differs. The first change is
 * read at once; what comes while a refresh is due or under way is folded into the next, which starts no sooner than the
 * refresh interval after the last.
 */
final class LiveFeed {

    private static final Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Feed feed;
    private final LiveImage image;
    private final ImageReader reader;
    private final ListenBarrier barrier;
    private final Availability availability;
    private final Findings findings;
    private final RefreshSchedule schedule;
    private final RefreshTimes times;
    private final Pace pace;

    /** Taken by whoever refreshes, and in the end for good by whoever stops this. */
    private final Semaphore turn = new Semaphore(1);

    private final AtomicLong windows = new AtomicLong();

    LiveFeed(
            Feed feed,
            RowLimits limits,
            ListenBarrier barrier,
            Availability availability,
            Findings findings,
            ScheduledExecutorService executor,
            RefreshTimes times,
            Pace pace) {
        this.feed = feed;
        this.image = new LiveImage(feed.name(), limits, unheard -> findings.found(feed, unheard));
        this.reader = new ImageReader(feed, limits, barrier, image, times.opening());
        this.barrier = barrier;
        this.availability = availability;
        this.findings = findings;
        this.schedule = new RefreshSchedule(feed.name(), executor, this::refresh, this::forget);
        this.times = times;
        this.pace = pace;
    }

    /**
     * The window hears of changes from before its first result is read: nothing falls between the two.
     *
     * @param heldIsEnough whether it may begin with the last state that was heard of
     */
    Window open(Span span, WindowListener listener, boolean heldIsEnough) {
        var window = new Window(this, span, listener, windows.getAndIncrement());
        tell(image.open(window, heldIsEnough && barrier.isListening()));
        requestRefresh();
        return window;
    }

    void changed(Change change) {
        SpanSet touched = feed.touchedBy(change);
        if (touched.isEmpty() || !change.notified() || !image.isMost(change.spans())) {
            touch(touched);
        } else if (pace.allows()) {
            image.touch(touched, lostSinceOrNow(), Touch.WIDE);
        } else {
            image.touch(touched, lostSinceOrNow(), Touch.PUT_OFF);
            pace.putOff();
        }
        requestRefresh();
    }

    /** Since when what is held may not be what was committed last; empty if it is, as far as was heard. */
    Optional<Instant> staleSince() {
        // In this order: whoever listens again has touched the image before
        Optional<Instant> lost = barrier.lostSince();
        return Stream.of(lost, image.staleSince()).flatMap(Optional::stream).min(naturalOrder());
    }

    private void touch(SpanSet spans) {
        image.touch(spans, lostSinceOrNow(), Touch.NARROW);
    }

    private Instant lostSinceOrNow() {
        return barrier.lostSince().orElseGet(Instant::now);
    }

    Feed feed() {
        return feed;
    }

    /** Whether somebody watches the span, or did a while ago, and changes of it are heard of. */
    boolean holds(Span span) {
        return barrier.isListening() && image.holds(span);
    }

    /**
     * Answers with the rows of a span that are held and show all that was heard of until now: at once if no change of them is
     * on its way, else when it was read. With nothing if they are not held, or could not be read.
     */
    void look(Span span, CompletableFuture<Optional<Image>> answer) {
        tell(image.look(span, answer, isPutOffReadSoon()));
    }

    Present present(Window window) {
        return image.present(window);
    }

    void close(Window window) {
        image.close(window, System.nanoTime() + times.linger().toNanos());
        schedule.forgetAfter(times.linger().plus(BEFORE_RETRY));
    }

    private void requestRefresh() {
        if (image.isStale()) {
            schedule.refresh();
        } else if (image.isAwaited(isPutOffReadSoon())) {
            schedule.open();
        } else if (image.isPutOff()) {
            schedule.refreshAfter(pace.rest());
        }
    }

    /**
     * Then whoever comes and is to show it waits for that, so that new windows and requests make none of it be read more often;
     * otherwise their own rows are read for them.
     */
    private boolean isPutOffReadSoon() {
        return pace.rest().compareTo(SOON) <= 0;
    }

    private void forget() {
        schedule.forgetting();
        schedule.refresh();
        if (image.isLingering()) {
            schedule.forgetAfter(times.linger().plus(BEFORE_RETRY));
        }
    }

    private void refresh() {
        if (turn.tryAcquire()) {
            try {
                refreshNow();
            } finally {
                turn.release();
                schedule.refreshed();
                requestRefresh();
            }
        }
    }

    /**
     * Nothing is refreshed any more; returns when a refresh that is under way has ended, or after a while.
     *
     * @throws InterruptedException if that is not waited for
     */
    void stop(Duration atMost) throws InterruptedException {
        if (!turn.tryAcquire(atMost.toMillis(), MILLISECONDS)) {
            LOG.log(DEBUG, "Feed {0} is still being read", feed.name());
        }
    }

    private void refreshNow() {
        schedule.pauseOpening(times.interval());
        long given = windows.get();
        boolean all = pace.allows();
        boolean patient = !all && isPutOffReadSoon();
        if (!hearAll(patient)) {
            touch(SpanSet.ALL);
        }
        boolean deferred = all && image.isPutOff();
        Plan plan = image.plan(System.nanoTime(), given, all, patient);
        if (!plan.toRead().isEmpty() && !deferred) {
            schedule.pause(times.interval());
        }
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
            touch(SpanSet.ALL);
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

    /** Whoever comes to rows that are held shall see what was committed before: it has to be heard of first. */
    private boolean hearAll(boolean patient) {
        try {
            if (image.isHeldAwaited(patient)) {
                barrier.await();
            }
            return barrier.isListening();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "All of feed {0} is read anew: {1}", feed.name(), e);
            return false;
        }
    }

    /** Goes through all that is held, to compare it. */
    FeedAudit audit(SliceSize size) {
        return new FeedAudit(feed, image, this::requestRefresh, size);
    }

    private void read(Plan plan, Reading reading) {
        if (!plan.isEmpty()) {
            reader.read(plan, reading);
            availability.answered(feed.name());
        }
    }

    /** One listener that fails keeps nothing from the others. */
    private static void tell(List<Runnable> told) {
        for (Runnable one : told) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.log(ERROR, "A window could not be told of its rows", e);
            }
        }
    }
}
