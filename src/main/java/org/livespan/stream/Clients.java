package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.http.Problem;
import org.livespan.http.WindowRequest;
import org.livespan.live.FirstResult;
import org.livespan.live.LiveFeeds;
import org.livespan.live.UnsentBytes;

/** All clients: their seats, the pulse in which each is checked once a second, and the end of their streams. */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = Clients.THREADS)
class Clients {

    static final String THREADS = "java:app/concurrent/livespan-pulse";

    private static final Logger LOG = System.getLogger(Clients.class.getName());

    @Inject
    Feeds feeds;

    @Inject
    LiveFeeds live;

    @Inject
    Restrictions restrictions;

    @Inject
    SharedWindows windows;

    @Inject
    StreamSettings settings;

    @Inject
    UnsentBytes unsent;

    @Inject
    StreamCounts counts;

    @Inject
    Writers writers;

    @Inject
    PlainAnswers answers;

    @Resource(lookup = THREADS)
    ManagedThreadFactory threads;

    private final Set<CompletableFuture<Seat>> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Feed, Staleness> staleness = new HashMap<>();
    private Seats seats;
    private RollCall rollCall;
    private ScheduledExecutorService pulse;

    private final Shutdown shutdown = new Shutdown(this::end);

    /** So that this exists from the start: while the JVM exits it can no longer be made, and the first client need not wait for it. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(DEBUG, "Ready for {0} clients", settings.clients());
    }

    @PostConstruct
    void start() {
        feeds.all().forEach(feed -> staleness.put(feed, new Staleness(settings.staleAfter())));
        pulse = Executors.newSingleThreadScheduledExecutor(threads);
        seats = new Seats(
                settings.clients(),
                settings.seatCounts(),
                task -> writers.executor().execute(task));
        rollCall = new RollCall(seats, this::callAll, pulse);
        pulse.scheduleWithFixedDelay(counts::report, 1, 1, TimeUnit.MINUTES);
        pulse.scheduleWithFixedDelay(this::pulse, 1, 1, TimeUnit.SECONDS);
        shutdown.hookExit();
    }

    /**
     * Takes a seat for one more client; the first client of a window opens it.
     *
     * @return completes when there is a seat and a first result, or with the reason why not: a {@link Problem} if there is no
     *     seat for this client or the server is shutting down
     */
    CompletionStage<Seat> join(WindowRequest request, Client client, FirstResult first) {
        var joined = new CompletableFuture<Seat>();
        waiting.add(joined);
        joined.whenComplete((seat, failure) -> waiting.remove(joined));
        seats.take(client).whenComplete((release, refusal) -> {
            if (refusal == null) {
                restrictions.of(request).whenComplete((restriction, failure) -> {
                    if (failure == null) {
                        windows.open(request, restriction, first, release, joined);
                    } else {
                        release.run();
                        joined.completeExceptionally(failure);
                    }
                });
            } else {
                joined.completeExceptionally(refusal);
            }
        });
        rollCall.callIfShort();
        if (seats.areClosed()) {
            joined.completeExceptionally(Seats.shuttingDown());
        }
        return joined;
    }

    private void pulse() {
        try {
            writers.pulse();
            var unread = new Unread();
            var stale = new HashMap<String, StreamEvent>();
            staleness.forEach(
                    (feed, state) -> stale.put(feed.name(), state.look(live.staleSince(feed), Instant.now())));
            windows.forEach((feed, broadcaster) -> {
                broadcaster.stale(stale.get(feed));
                broadcaster.pulse(unread);
            });
            answers.pulse(unread);
            unread.dropExcess(unsent.part());
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(ERROR, "Sending heartbeats failed; the next round follows", e);
        }
    }

    /** Completes when the writers have ended its tasks. */
    private CompletionStage<?> callAll() {
        try {
            windows.forEach((feed, broadcaster) -> broadcaster.call());
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(ERROR, "Checking for disconnected clients failed; the next check follows", e);
        }
        return Turn.afterAll(writers.executor());
    }

    /** Later, when beans are destroyed, a server may no longer let a stream end. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        stop();
    }

    /** Ends all streams. A second call waits for the first. */
    void stop() {
        shutdown.run();
    }

    /**
     * Admits no new clients, refuses those that wait, and ends each stream after the event that is being sent, or after
     * {@code livespan.stream.stop-timeout}.
     */
    private void end() {
        seats.close();
        answers.refuseAll();
        waiting.forEach(joined -> joined.completeExceptionally(Seats.shuttingDown()));
        windows.forEach((feed, broadcaster) -> broadcaster.finish());
        try {
            if (!seats.awaitNoneTaken(settings.stopTimeout())) {
                LOG.log(
                        INFO,
                        "Clients that had not received their last event within livespan.stream.stop-timeout={1}: {0}",
                        seats.taken(),
                        settings.stopTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        windows.close();
        answers.stop();
        pulse.shutdown();
        writers.stop();
    }
}
