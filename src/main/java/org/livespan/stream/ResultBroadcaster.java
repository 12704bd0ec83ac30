package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window;
import org.livespan.live.Window.Present;
import org.livespan.live.WindowListener;
import org.livespan.live.WindowUpdate;

/**
 * The clients of a window. Each result is rendered once and put into every client's mailbox; no client waits for another.
 *
 * <p>Listeners get an error and then a close for a client that is lost or stuck, and a close for any other end, each once.
 * The order of calls for different clients is not defined.
 *
 * @see <a href="https://jakarta.ee/specifications/restful-ws/3.1/jakarta-restful-ws-spec-3.1#server_sent_events">Jakarta
 *     RESTful Web Services 3.1, Server-Sent Events</a>
 */
final class ResultBroadcaster implements SseBroadcaster, WindowListener {

    private final StreamSettings settings;
    private final UnsentBytes unsent;
    private final Executor delivery;
    private final Function<Throwable, StreamEvent> errorEvent;

    private final Set<Mailbox> mailboxes = ConcurrentHashMap.newKeySet();
    private final SinkListeners listeners = new SinkListeners();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Says that the rows may be old; null while they are current. */
    private volatile StreamEvent stale;

    private volatile Window window;
    private volatile WeakReference<WindowState> latest = new WeakReference<>(null);

    /**
     * @param delivery the threads that write to the clients
     * @param errorEvent makes the event for the end of the window
     */
    ResultBroadcaster(
            StreamSettings settings,
            UnsentBytes unsent,
            Executor delivery,
            Function<Throwable, StreamEvent> errorEvent) {
        this.settings = settings;
        this.unsent = unsent;
        this.delivery = delivery;
        this.errorEvent = errorEvent;
    }

    /** Completes when there is a first result, or with the reason why there is none. */
    CompletionStage<Void> first() {
        return first;
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public void opened(Window opened) {
        window = opened;
        first.complete(null);
    }

    @Override
    public void changed(WindowUpdate update) {
        WindowState state = WindowState.of(update, unsent);
        latest = new WeakReference<>(state);
        mailboxes.forEach(mailbox -> mailbox.offer(state));
    }

    @Override
    public void ended(RuntimeException reason) {
        closed.set(true);
        first.completeExceptionally(reason);
        StreamEvent error = errorEvent.apply(reason);
        mailboxes.forEach(mailbox -> mailbox.endWith(error));
    }

    /**
     * Sends an event to all clients, to each after what is being sent. It replaces an earlier one that has not been sent yet.
     *
     * @return completes when every client has it or will never get it
     * @throws IllegalStateException if this broadcaster is closed
     */
    @Override
    public CompletionStage<?> broadcast(OutboundSseEvent event) {
        Objects.requireNonNull(event);
        requireOpen();
        return CompletableFuture.allOf(mailboxes.stream()
                .map(mailbox -> mailbox.offer(event).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Adds a client that receives whole results.
     *
     * @throws IllegalStateException if this broadcaster is closed
     */
    @Override
    public void register(SseEventSink sink) {
        Objects.requireNonNull(sink);
        requireOpen();
        register(sink, StreamMode.RESULTS.backlog(null), settings.lifetime(), ending -> {});
    }

    /**
     * Adds a client; if this broadcaster was closed meanwhile, its stream ends at once.
     *
     * @param onEnd called once, when the client is gone
     */
    void register(SseEventSink sink, Backlog backlog, Lifetime lifetime, Consumer<EndReason> onEnd) {
        var pending = new Pending(StreamEvent.opening(settings.retryWithJitter()), backlog, () -> stale);
        var mailbox = new Mailbox(sink, pending, lifetime, delivery, (ended, ending, failure) -> {
            mailboxes.remove(ended);
            onEnd.accept(ending);
            listeners.ended(sink, failure);
        });
        mailboxes.add(mailbox);
        if (isClosed()) {
            mailbox.close();
        } else {
            mailbox.begin(present());
        }
    }

    /** The state that is still being sent to another client, if there is one, so that it is rendered once. */
    private WindowState present() {
        Present present = window.present();
        WindowState shared = latest.get();
        if (shared != null
                && shared.version() <= present.version()
                && shared.digest().equals(present.result().digest())) {
            return shared;
        }
        WindowState state = WindowState.of(present, unsent);
        latest = new WeakReference<>(state);
        return state;
    }

    /** Checks the clients, and reports those that do not read. */
    void pulse(Unread unread) {
        long heartbeat = settings.heartbeat().toNanos();
        long sendTimeout = settings.sendTimeout().toNanos();
        mailboxes.forEach(mailbox -> mailbox.pulse(heartbeat, sendTimeout, unread));
    }

    /** Sends a heartbeat to each client to which nothing is being sent: it fails for clients that are gone. */
    void call() {
        mailboxes.forEach(Mailbox::call);
    }

    /** @param event says that the rows may be old; null if they are current */
    void stale(StreamEvent event) {
        boolean differs = (stale == null) != (event == null);
        stale = event;
        if (differs) {
            mailboxes.forEach(Mailbox::deliver);
        }
    }

    @Override
    public void onError(BiConsumer<SseEventSink, Throwable> listener) {
        Objects.requireNonNull(listener);
        requireOpen();
        listeners.onError(listener);
    }

    @Override
    public void onClose(Consumer<SseEventSink> listener) {
        Objects.requireNonNull(listener);
        requireOpen();
        listeners.onClose(listener);
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new IllegalStateException("this broadcaster is closed");
        }
    }

    /** Takes no more clients, and ends each stream after the event that is being sent. */
    void finish() {
        if (closed.compareAndSet(false, true)) {
            mailboxes.forEach(Mailbox::finish);
        }
    }

    @Override
    public void close() {
        close(true);
    }

    /** @param cascading whether the clients' streams end now, too; otherwise they stay open and nothing more is sent */
    @Override
    public void close(boolean cascading) {
        closed.set(true);
        if (cascading) {
            mailboxes.forEach(Mailbox::close);
        } else {
            listeners.clear();
            mailboxes.forEach(Mailbox::release);
        }
    }
}
