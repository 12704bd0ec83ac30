package org.livespan.stream;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.livespan.http.Problems;
import org.livespan.http.WindowRequest;
import org.livespan.live.FirstResult;
import org.livespan.live.LiveFeeds;
import org.livespan.live.Restriction;
import org.livespan.live.UnsentBytes;

/**
 * All watched windows, with a broadcaster for each. Clients that ask for the same share one.
 *
 * <p>Part of {@link Clients}, which exists from the start. A {@link SharedWindow} is modified only inside {@code compute} on its key, or by the seat that still holds it.
 */
@Dependent
class SharedWindows {

    @Inject
    LiveFeeds live;

    @Inject
    StreamSettings settings;

    @Inject
    Problems problems;

    @Inject
    UnsentBytes unsent;

    @Inject
    Writers writers;

    private final Map<Key, SharedWindow> windows = new ConcurrentHashMap<>();

    private record Key(String feed, Restriction restriction) {}

    /**
     * Seats a client at its window; the first client opens it.
     *
     * @param release gives the client's seat back
     * @param joined completed when there is a result; until then others may fail it
     */
    void open(
            WindowRequest request,
            Restriction restriction,
            FirstResult first,
            Runnable release,
            CompletableFuture<Seat> joined) {
        try {
            var key = new Key(request.feed().name(), restriction);
            SharedWindow window = windows.compute(
                    key,
                    (same, open) -> usable(open, request, restriction, first).taken());
            var seat = new Seat(window.broadcaster(), () -> leave(key, window, release));
            joined.whenComplete((same, failure) -> {
                if (failure != null) {
                    seat.close();
                }
            });
            CompletionStage<Void> opened = window.broadcaster().first();
            CompletionStage<Void> ready = first == FirstResult.HELD || window.wasOpenedFor(request)
                    ? opened
                    : opened.thenCompose(result -> live.confirm(request.feed(), restriction));
            ready.whenComplete((result, failure) -> {
                if (failure == null) {
                    joined.complete(seat);
                } else {
                    joined.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            release.run();
            joined.completeExceptionally(e);
        }
    }

    private SharedWindow usable(SharedWindow open, WindowRequest request, Restriction restriction, FirstResult first) {
        if (open != null && !open.broadcaster().isClosed()) {
            return open;
        }
        var broadcaster = new ResultBroadcaster(settings, unsent, writers.executor(), this::errorEvent);
        return new SharedWindow(request, broadcaster, live.open(request.feed(), restriction, broadcaster, first));
    }

    private void leave(Key key, SharedWindow window, Runnable release) {
        release.run();
        windows.compute(key, (same, open) -> {
            SharedWindow rest = window.givenBack();
            return open == window ? rest : open;
        });
    }

    private StreamEvent errorEvent(Throwable reason) {
        return StreamEvent.error(problems.json(problems.of(reason)).toString());
    }

    /** @param visitor gets the name of the feed of each window, and its broadcaster */
    void forEach(BiConsumer<String, ResultBroadcaster> visitor) {
        windows.forEach((key, window) -> visitor.accept(key.feed(), window.broadcaster()));
    }

    void close() {
        windows.values().forEach(SharedWindow::close);
    }
}
