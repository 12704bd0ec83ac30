package org.livespan.stream;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
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
import org.livespan.live.LiveFeeds;
import org.livespan.live.UnsentBytes;
import org.livespan.time.Span;

/**
 * The broadcasters of all watched windows, one for each, and the number of clients.
 *
 * <p>A {@link WatchedWindow} is modified only inside {@code compute} on its key, or by the place that still holds it.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = Broadcasters.THREADS)
class Broadcasters {

    static final String THREADS = "java:app/concurrent/livespan-pulse";

    private static final Logger LOG = System.getLogger(Broadcasters.class.getName());

    @Inject
    Feeds feeds;

    @Inject
    LiveFeeds live;

    @Inject
    StreamSettings settings;

    @Inject
    Problems problems;

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

    private final Map<Key, WatchedWindow> windows = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<Place>> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Feed, Staleness> staleness = new HashMap<>();
    private Places places;
    private RollCall rollCall;
    private ScheduledExecutorService pulse;

    private final Shutdown shutdown = new Shutdown(this::end);

    private record Key(String feed, Span span) {}

    @PostConstruct
    void start() {
        feeds.all().forEach(feed -> staleness.put(feed, new Staleness(settings.staleAfter())));
        pulse = Executors.newSingleThreadScheduledExecutor(threads);
        places = new Places(settings.clients(), task -> writers.executor().execute(task));
        rollCall = new RollCall(places, this::callAll, pulse);
        pulse.scheduleWithFixedDelay(counts::report, 1, 1, TimeUnit.MINUTES);
        pulse.scheduleWithFixedDelay(this::pulse, 1, 1, TimeUnit.SECONDS);
        shutdown.hookExit();
    }

    /**
     * Takes a place for one more client; the first client of a window opens it.
     *
     * @param address the client's address; see {@link ClientAddresses}
     * @param heldIsEnough whether the client may begin with the held rows: one that reconnects has seen earlier ones, while a
     *     new one has to see what it wrote itself
     * @return completes when there is a place and a first result, or with the reason why not: a {@link Problem} if all places
     *     are taken or the server is shutting down
     */
    CompletionStage<Place> join(WindowRequest request, String address, boolean heldIsEnough) {
        var joined = new CompletableFuture<Place>();
        waiting.add(joined);
        joined.whenComplete((place, failure) -> waiting.remove(joined));
        places.take(address).whenComplete((release, refusal) -> {
            if (refusal == null) {
                open(request, heldIsEnough, release, joined);
            } else {
                joined.completeExceptionally(refusal);
            }
        });
        rollCall.callIfShort();
        if (places.areClosed()) {
            joined.completeExceptionally(Places.shuttingDown());
        }
        return joined;
    }

    /** @param joined completed when there is a result; until then others may fail it */
    private void open(WindowRequest request, boolean heldIsEnough, Runnable release, CompletableFuture<Place> joined) {
        try {
            var key = new Key(request.feed().name(), request.span());
            WatchedWindow window = windows.compute(
                    key, (same, open) -> usable(open, request, heldIsEnough).taken());
            var place = new Place(window.broadcaster(), () -> leave(key, window, release));
            joined.whenComplete((same, failure) -> {
                if (failure != null) {
                    place.close();
                }
            });
            CompletionStage<Void> opened = window.broadcaster().first();
            CompletionStage<Void> ready = heldIsEnough || window.wasOpenedFor(request)
                    ? opened
                    : opened.thenCompose(first -> live.confirm(request.feed(), request.span()));
            ready.whenComplete((first, failure) -> {
                if (failure == null) {
                    joined.complete(place);
                } else {
                    joined.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            release.run();
            joined.completeExceptionally(e);
        }
    }

    private WatchedWindow usable(WatchedWindow open, WindowRequest request, boolean heldIsEnough) {
        if (open != null && !open.broadcaster().isClosed()) {
            return open;
        }
        var broadcaster = new ResultBroadcaster(settings, unsent, writers.executor(), this::errorEvent);
        return new WatchedWindow(
                request, broadcaster, live.open(request.feed(), request.span(), broadcaster, heldIsEnough));
    }

    private void leave(Key key, WatchedWindow window, Runnable release) {
        release.run();
        windows.compute(key, (same, open) -> {
            WatchedWindow rest = window.givenBack();
            return open == window ? rest : open;
        });
    }

    private StreamEvent errorEvent(Throwable reason) {
        return StreamEvent.error(problems.json(problems.of(reason)).toString());
    }

    private void pulse() {
        try {
            writers.pulse();
            var unread = new Unread();
            var stale = new HashMap<String, StreamEvent>();
            staleness.forEach(
                    (feed, state) -> stale.put(feed.name(), state.look(live.staleSince(feed), Instant.now())));
            windows.forEach((key, window) -> {
                window.broadcaster().stale(stale.get(key.feed()));
                window.broadcaster().pulse(unread);
            });
            answers.pulse(unread);
            unread.dropExcess(unsent.part());
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(ERROR, "The pulse of the streams failed; the next one follows", e);
        }
    }

    /** Completes when the writers have ended its tasks. */
    private CompletionStage<?> callAll() {
        try {
            windows.values().forEach(window -> window.broadcaster().call());
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            LOG.log(ERROR, "A roll call of the streams failed; the next one follows", e);
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
        places.close();
        answers.refuseAll();
        waiting.forEach(joined -> joined.completeExceptionally(Places.shuttingDown()));
        windows.values().forEach(window -> window.broadcaster().finish());
        try {
            if (!places.awaitNoneTaken(settings.stopTimeout())) {
                LOG.log(
                        INFO,
                        "{0} clients had not taken their last event within livespan.stream.stop-timeout={1}",
                        places.taken(),
                        settings.stopTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        windows.values().forEach(WatchedWindow::close);
        answers.stop();
        pulse.shutdown();
        writers.stop();
    }
}
