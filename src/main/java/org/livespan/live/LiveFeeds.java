package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Comparator.naturalOrder;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.Change;
import org.livespan.change.ListenBarrier;
import org.livespan.db.DatabaseThreads;
import org.livespan.feed.AuditInterval;
import org.livespan.feed.DatabaseWatch;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.time.Span;

/** Every feed, live: where changes come in and windows are opened. */
@ApplicationScoped
public class LiveFeeds {

    private static final Logger LOG = System.getLogger(LiveFeeds.class.getName());

    /** The database has other work too. */
    static final int QUERIES_AT_ONCE = 4;

    private static final Duration OPENING = Duration.ofMillis(50);
    private static final int SECONDS_BETWEEN_TURNS = 10;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    @Inject
    Feeds feeds;

    @Inject
    ListenBarrier barrier;

    @Inject
    DatabaseWatch watch;

    @Inject
    Availability availability;

    @Inject
    Findings findings;

    @Inject
    AuditInterval auditInterval;

    @Inject
    UnsentBytes unsent;

    @Inject
    @ConfigProperty(name = "livespan.limits.window-rows", defaultValue = "10000")
    int windowRows;

    @Inject
    @ConfigProperty(name = "livespan.limits.feed-rows", defaultValue = "500000")
    int feedRows;

    @Inject
    @ConfigProperty(name = "livespan.refresh.linger", defaultValue = "PT1M")
    Duration linger;

    @Inject
    @ConfigProperty(name = "livespan.refresh.interval", defaultValue = "PT0.05S")
    Duration interval;

    @Inject
    DatabaseThreads threads;

    private ScheduledExecutorService executor;
    private WindowReader reader;
    private Audit audit;

    /** Written once, before anyone sees this bean. */
    private final Map<String, LiveFeed> live = new HashMap<>();

    private volatile long lastTurn = System.nanoTime();

    @PostConstruct
    void start() {
        executor = threads.executor(QUERIES_AT_ONCE);
        ScheduledExecutorService comparing = threads.executor(1);
        var limits = new RowLimits(windowRows, feedRows);
        var times = new RefreshTimes(interval, OPENING, linger);
        var pace = Pace.ofNode();
        feeds.all()
                .forEach(feed -> live.put(
                        feed.name(),
                        new LiveFeed(feed, limits, barrier, availability, findings, executor, comparing, times, pace)));
        reader = new WindowReader(windowRows, unsent, barrier, availability, executor, threads.executor(1));
        audit = new Audit(
                live.values(),
                auditInterval,
                findings,
                new Allowance(Audit.SHARE, Audit.MOST_SAVED_UP, System.nanoTime()),
                comparing);
        audit.start();
        executor.scheduleWithFixedDelay(() -> lastTurn = System.nanoTime(), 0, SECONDS_BETWEEN_TURNS, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(pace::look, SECONDS_BETWEEN_TURNS, SECONDS_BETWEEN_TURNS, TimeUnit.SECONDS);
    }

    /** Has this started with the application: tasks that a thread of the server's own hands over are never run. */
    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        LOG.log(DEBUG, "{0} feeds are live", live.size());
    }

    /** How long ago one of the threads that read had nothing else to do; each of their waits is bounded. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - lastTurn);
    }

    /** How long ago that row was compared with the database, of all that are held, that has waited longest. */
    public Duration auditAge() {
        return audit.age();
    }

    /** How often rows were found different although no change had told of it. */
    public long unheardDifferences() {
        return findings.count();
    }

    /** Hands over and returns: this is the listening thread. */
    void onChange(@Observes Change change) {
        live.values().forEach(feed -> feed.changed(change));
    }

    /** Before the data source goes away under a refresh. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        try {
            reader.stop(STOP_TIMEOUT);
            audit.stop(STOP_TIMEOUT);
            for (LiveFeed feed : live.values()) {
                feed.stop(STOP_TIMEOUT);
            }
            DatabaseThreads.end(executor, STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Opens a window: the listener is told its first result, or why there is none, and every later one.
     *
     * @param heldIsEnough whether the window may begin with the last state that was heard of, which costs no statement
     *     where its rows are held; otherwise it begins with all that was committed before this call
     * @return the window, to be closed when nobody watches it any more
     */
    public Window open(Feed feed, Span span, WindowListener listener, boolean heldIsEnough) {
        return live.get(feed.name()).open(span, listener, heldIsEnough);
    }

    /**
     * Reads a window as it is now, within the limit on its rows, for who does not watch it: shows all that was committed
     * before this call. What is held costs no query but one for all who ask meanwhile; other rows are read behind the live
     * reads.
     *
     * @return completes with the rows at one committed state, or with why there are none: {@link WindowTooLargeException},
     *     {@link TooManyReadsException}, {@link org.livespan.feed.FeedUnavailableException} or
     *     {@link org.livespan.feed.FeedForbiddenException}
     */
    public CompletionStage<SharedResult> read(Feed feed, Span span) {
        boolean allHeard = watch.unheardSince(feed.name()).isEmpty() && !watch.changesUnwritten(feed.name());
        return reader.read(live.get(feed.name()), span, allHeard);
    }

    /** Whether a plain request waits for its rows to be read. */
    public boolean readsAreWaitedFor() {
        return reader.isWaitedFor();
    }

    /**
     * Since when the feed's open windows may not show what was committed last: because nobody listens, the table is not
     * watched, what was heard could not be read yet, or reading it takes its time. Each change makes this begin, most often
     * for some milliseconds; it is over when its rows were read. After an outage that is when all was read again, and until
     * then it began with the outage.
     *
     * <p>Asks nobody and waits for nothing.
     *
     * @return empty if they show all that was heard of
     */
    public Optional<Instant> staleSince(Feed feed) {
        return Stream.of(watch.unheardSince(feed.name()), live.get(feed.name()).staleSince())
                .flatMap(Optional::stream)
                .min(naturalOrder());
    }

    /**
     * Makes sure that an open window shows all that was committed before this call.
     *
     * @return completes when it does, or with the {@link org.livespan.feed.FeedUnavailableException} that prevents it
     */
    public CompletionStage<Void> confirm(Feed feed, Span span) {
        var confirmation = new Confirmation();
        live.get(feed.name()).open(span, confirmation, false);
        return confirmation.result();
    }
}
