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
import java.util.List;
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
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.feed.Filter;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.Span;

/** All live feeds: changes come in here, and windows are opened here. */
@ApplicationScoped
public class LiveFeeds {

    private static final Logger LOG = System.getLogger(LiveFeeds.class.getName());

    /** The database has other work to do, too. */
    static final int QUERIES_AT_ONCE = 4;

    private static final Duration OPENING = Duration.ofMillis(50);
    private static final int SECONDS_BETWEEN_TURNS = 10;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    @Inject
    Feeds feeds;

    @Inject
    ListenBarrier barrier;

    @Inject
    TableMonitor monitor;

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

    private LiveThreads executors;
    private LiveNode node;
    private WindowReader reader;
    private Confirmations confirmations;
    private Selections selections;
    private Audit audit;

    /** Written once, before this bean is published. */
    private final Map<String, LiveFeed> live = new HashMap<>();

    @PostConstruct
    void start() {
        executors = new LiveThreads(threads);
        ScheduledExecutorService reading = executors.executor(QUERIES_AT_ONCE);
        ScheduledExecutorService comparing = executors.executor(1);
        ScheduledExecutorService hearing = executors.executor(1);
        ScheduledExecutorService hearingBeside = executors.executor(QUERIES_AT_ONCE);
        ScheduledExecutorService preparing = executors.executor(1);
        selections = new Selections(executors.executor(1));
        var sharedBarrier = new SharedBarrier(barrier, hearing);
        var pace = Pace.ofNode();
        node = new LiveNode(
                new RowLimits(windowRows, feedRows),
                barrier,
                sharedBarrier,
                availability,
                findings,
                reading,
                hearingBeside,
                comparing,
                new RefreshTimes(interval, OPENING, linger),
                pace);
        feeds.all().forEach(feed -> live.put(feed.name(), new LiveFeed(feed, node)));
        reader = new WindowReader(windowRows, unsent, sharedBarrier, availability, reading, preparing);
        confirmations = new Confirmations(sharedBarrier);
        audit = new Audit(
                live.values(),
                auditInterval,
                findings,
                new Allowance(Audit.SHARE, Audit.MOST_SAVED_UP, System.nanoTime()),
                comparing);
        audit.start();
        reading.scheduleWithFixedDelay(pace::look, SECONDS_BETWEEN_TURNS, SECONDS_BETWEEN_TURNS, TimeUnit.SECONDS);
    }

    /** Has this bean started with the application: tasks handed over by one of the server's own threads would never run. */
    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        LOG.log(DEBUG, "{0} feeds are live", live.size());
    }

    /** How long no thread of one of the executors has been idle; each of their waits is bounded. */
    public Duration sinceLastTurn() {
        return executors.sinceLastTurn();
    }

    /** The age of the oldest comparison among the held rows. */
    public Duration auditAge() {
        return audit.age();
    }

    /** How often rows differed without a notification. */
    public long unheardDifferences() {
        return findings.count();
    }

    /** Hands over and returns, because this runs on the listening thread. */
    void onChange(@Observes Change change) {
        live.values().forEach(feed -> feed.changed(change));
    }

    /** Runs before the data source goes away, so that no refresh is using it then. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        try {
            for (LiveFeed feed : live.values()) {
                feed.stop(STOP_TIMEOUT);
            }
            executors.end(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            executors.endNow();
        }
    }

    /**
     * The rows within a span that meet all of these filters.
     *
     * @param filters on {@link Feed#filters()}, or on columns to which claims bind the feed
     * @return completes with them, or with the reason why they cannot be determined:
     *     {@link org.livespan.feed.InvalidValueException} or {@link org.livespan.feed.FeedUnavailableException}
     */
    public CompletionStage<Restriction> restrict(Feed feed, Span span, List<Filter> filters) {
        return selections.select(feed, filters).thenApply(selection -> new Restriction(span, selection));
    }

    /**
     * Opens a window. The listener gets its first result, or the reason why there is none, and every later one.
     *
     * @return the window, to be closed when it is no longer watched
     */
    public Window open(Feed feed, Restriction restriction, WindowListener listener, FirstResult first) {
        return live.get(feed.name()).open(restriction, listener, first);
    }

    /** Whether changes are heard. */
    public boolean isListening() {
        return barrier.isListening();
    }

    /** Begins to do what changes of this feed need, without touching it. */
    public Rehearsal rehearse(Feed feed) {
        return new Rehearsal(feed, node);
    }

    /**
     * Reads a window once, within the limit on its rows, as of everything committed before this call. Held rows cost one
     * statement for all calls made meanwhile, and no query; other rows are read behind the live reads.
     *
     * @return completes with the rows at one committed state, or with why there are none: {@link WindowTooLargeException},
     *     {@link TooManyReadsException}, {@link org.livespan.feed.FeedUnavailableException} or
     *     {@link org.livespan.feed.FeedForbiddenException}
     */
    public CompletionStage<SharedResult> read(Feed feed, Restriction restriction) {
        boolean allHeard = monitor.unheardSince(feed.name()).isEmpty() && !monitor.changesUnwritten(feed.name());
        return reader.read(live.get(feed.name()), restriction, allHeard);
    }

    /** Whether a plain request waits for its rows to be read. */
    public boolean readsAreWaitedFor() {
        return reader.isWaitedFor();
    }

    /**
     * Since when the feed's open windows may be older than the database: because the listener is disconnected, the table is
     * not watched, or changes have been heard and not read yet. Each change begins such a time, usually of some milliseconds,
     * until its rows have been read. After an outage it began with the outage, and ends when everything has been read again.
     *
     * <p>Does no I/O and does not wait.
     *
     * @return empty if they show everything that was heard
     */
    public Optional<Instant> staleSince(Feed feed) {
        return Stream.of(
                        monitor.unheardSince(feed.name()), live.get(feed.name()).staleSince())
                .flatMap(Optional::stream)
                .min(naturalOrder());
    }

    /**
     * Makes sure that an open window shows everything committed before this call.
     *
     * @return completes when it does, or with the {@link org.livespan.feed.FeedUnavailableException} that prevents it
     */
    public CompletionStage<Void> confirm(Feed feed, Restriction restriction) {
        return confirmations.confirm(live.get(feed.name()), restriction);
    }
}
