package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.livespan.live.Window;
import org.livespan.live.Window.Present;
import org.livespan.live.WindowListener;
import org.livespan.live.WindowUpdate;

/**
 * All clients of one window. Each result is rendered once and put into every client's mailbox; no client waits for
 * another.
 *
 * @see <a href="https://jakarta.ee/specifications/restful-ws/3.1/jakarta-restful-ws-spec-3.1#server_sent_events">Jakarta
 *     RESTful Web Services 3.1, Server-Sent Events</a>
 */
final class ResultBroadcaster implements SseBroadcaster, WindowListener {

    private static final Logger LOG = System.getLogger(ResultBroadcaster.class.getName());

    private final StreamSettings settings;
    private final Function<Throwable, StreamEvent> errorEvent;

    private final Set<Mailbox> mailboxes = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<SseEventSink, Throwable>> errorListeners = new CopyOnWriteArrayList<>();

    private volatile Window window;
    private volatile WeakReference<WindowState> latest = new WeakReference<>(null);
    private volatile boolean closed;

    /** @param errorEvent how a client is told that its window is over */
    ResultBroadcaster(StreamSettings settings, Function<Throwable, StreamEvent> errorEvent) {
        this.settings = settings;
        this.errorEvent = errorEvent;
    }

    /** Completes when there is a first result, or with the reason why there is none. */
    CompletionStage<Void> first() {
        return first;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void opened(Window opened) {
        window = opened;
        first.complete(null);
    }

    @Override
    public void changed(WindowUpdate update) {
        WindowState state = WindowState.of(update);
        latest = new WeakReference<>(state);
        mailboxes.forEach(mailbox -> mailbox.offer(state));
    }

    @Override
    public void ended(RuntimeException reason) {
        closed = true;
        first.completeExceptionally(reason);
        StreamEvent error = errorEvent.apply(reason);
        mailboxes.forEach(mailbox -> mailbox.endWith(error));
    }

    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        mailboxes.forEach(mailbox -> mailbox.offer(event));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void register(SseEventSink sink) {
        register(sink, StreamMode.RESULTS.backlog(null), () -> {});
    }

    /** @param onEnd run once when the client is gone */
    void register(SseEventSink sink, Backlog backlog, Runnable onEnd) {
        StreamEvent opening = StreamEvent.opening(settings.retryWithJitter());
        var mailbox = new Mailbox(sink, backlog, opening, (ended, failure) -> {
            mailboxes.remove(ended);
            tell(ended.sink(), failure);
            onEnd.run();
        });
        mailboxes.add(mailbox);
        if (closed) {
            mailbox.close();
        } else {
            mailbox.begin(present());
        }
    }

    /** The state that other clients were sent, if it is still on its way to one of them, so that it is rendered once. */
    private WindowState present() {
        Present present = window.present();
        WindowState shared = latest.get();
        if (shared != null
                && shared.version() <= present.version()
                && shared.digest().equals(present.result().digest())) {
            return shared;
        }
        WindowState state = WindowState.of(present);
        latest = new WeakReference<>(state);
        return state;
    }

    void pulse() {
        long heartbeat = settings.heartbeat().toNanos();
        long sendTimeout = settings.sendTimeout().toNanos();
        mailboxes.forEach(mailbox -> mailbox.pulse(heartbeat, sendTimeout));
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        errorListeners.add(listener);
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        closeListeners.add(listener);
    }

    @Override
    public void close() {
        close(true);
    }

    @Override
    public void close(boolean cascading) {
        closed = true;
        if (cascading) {
            mailboxes.forEach(Mailbox::close);
        }
    }

    private void tell(SseEventSink sink, Throwable failure) {
        if (failure == null) {
            closeListeners.forEach(listener -> listener.accept(sink));
        } else {
            LOG.log(DEBUG, "A client is gone: {0}", failure);
            errorListeners.forEach(listener -> listener.accept(sink, failure));
        }
    }
}
