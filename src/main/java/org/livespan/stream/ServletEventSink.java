package org.livespan.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.livespan.db.MemoryLoss;

/**
 * A stream to a client over the servlet's non-blocking output, so that a client that does not read holds no thread.
 *
 * <p>Takes one event at a time. Its stage completes once the container has accepted all of it and could accept more, so what
 * a slow client has not read never exceeds one event and the container's own buffer.
 *
 * <p>All output happens in {@link #drain()}, by one thread at a time: a thread that raises {@code work} from zero runs it;
 * others only add to the count, and the running thread goes round again.
 *
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/jakarta-servlet-spec-6.0#non-blocking-io">Jakarta Servlet
 *     6.0, Non Blocking I/O</a>
 */
final class ServletEventSink implements SseEventSink {

    /** The most that any server buffers for a client, in bytes: Payara, configured as in server-config. */
    private static final int BUFFER = 384 * 1024;

    private final AsyncRequest request;
    private final Executor writers;
    private final EventCoding coding;
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicReference<Send> sending = new AtomicReference<>();
    private final AtomicReference<Throwable> end = new AtomicReference<>();

    /** Owned by the drain. */
    private boolean begun;

    private volatile ServletOutputStream output;
    private volatile boolean writable;
    private volatile boolean completed;

    /** Whether it was closed in order, so that the content gets its end. */
    private volatile boolean finishing;

    /** How many bytes the container has accepted; written by the drain only. */
    private volatile long taken;

    /**
     * To be called on the request's thread, before it returns: later no listener can be added.
     *
     * @param context a request in asynchronous mode
     * @param writers the threads that run the output, or the calling one if this server writes without blocking
     * @param finish ends the asynchronous mode in the way it was begun; run once, when the stream is over
     */
    ServletEventSink(AsyncContext context, Executor writers, Runnable finish) {
        this(context, writers, EventCoding.IDENTITY, finish);
    }

    /** The same for a stream with this coding. */
    ServletEventSink(AsyncContext context, Executor writers, EventCoding coding, Runnable finish) {
        this.coding = coding;
        this.request = new AsyncRequest(context, finish, new Lifecycle());
        this.writers = writers;
    }

    /**
     * Begins the answer, once and from any thread; until then the request can be answered differently.
     *
     * @throws IOException if the client has already gone
     */
    void open(Map<String, String> headers) throws IOException {
        if (isClosed()) {
            throw new ClosedChannelException();
        }
        output = request.begin(headers);
        output.setWriteListener(new Readiness());
    }

    /** Answers, instead of with a stream, that the client should try another server; works even when JAX-RS is gone. */
    void refuse() {
        if (!isClosed()) {
            request.refuse();
        }
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        return send(() -> coding.frame(event));
    }

    /** @param frame makes what is to be written, when it is its turn */
    CompletionStage<?> send(Supplier<Frame> frame) {
        var send = new Send(frame);
        if (isClosed()) {
            send.fail(end.get());
        } else if (!sending.compareAndSet(null, send)) {
            send.fail(new IllegalStateException("an event is still on its way"));
        } else {
            drain();
        }
        return send.done();
    }

    /** How long the client has taken nothing of the event that is being sent; 0 if there is none. */
    long nanosUnread() {
        Send send = sending.get();
        return send == null ? 0 : send.nanosWithoutProgress();
    }

    /** The most memory, in bytes, that is used for this client alone while it does not read. */
    long bytesKept() {
        return Math.min(BUFFER, taken) + Frame.PIECE;
    }

    /** The connection, which it shares with others over HTTP/2. */
    String connection() {
        return request.connection();
    }

    @Override
    public boolean isClosed() {
        return end.get() != null;
    }

    /** Ends the stream; an event that is still being sent is dropped. */
    @Override
    public void close() {
        finishing = end.get() == null;
        end(new ClosedChannelException());
    }

    private void end(Throwable reason) {
        end.compareAndSet(null, reason);
        Send abandoned = sending.get();
        if (abandoned != null) {
            abandoned.giveUp();
        }
        drain();
    }

    private void drain() {
        if (work.getAndIncrement() == 0) {
            writers.execute(this::advanceWhilePending);
        }
    }

    private void advanceWhilePending() {
        int pending = 1;
        while (pending != 0) {
            try {
                advance();
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                MemoryLoss.tell(e);
                end.compareAndSet(null, e);
                complete();
            }
            pending = work.addAndGet(-pending);
        }
    }

    private void advance() throws IOException {
        if (isClosed()) {
            finish();
            complete();
            return;
        }
        for (Send send = sending.get(); canWrite(send); send = sending.get()) {
            if (!send.isWritten()) {
                taken += send.writePiece(output);
            } else if (!send.isFlushed()) {
                // Liberty ignores a response's first flush
                send.flush(output, begun);
                begun = true;
            } else {
                sending.set(null);
                send.succeed();
            }
        }
    }

    private boolean canWrite(Send send) {
        return writable && send != null && !isClosed() && output.isReady();
    }

    /** Writes the end of the content, unless the client has an event only in part, or would have to be waited for. */
    private void finish() throws IOException {
        boolean whole = finishing && !completed && sending.get() == null;
        finishing = false;
        if (whole && writable && output.isReady()) {
            output.write(coding.end());
        }
    }

    private void complete() {
        if (!completed) {
            completed = true;
            request.finish();
        }
        Send given = sending.getAndSet(null);
        if (given != null) {
            given.fail(end.get());
        }
    }

    private final class Readiness implements WriteListener {
        @Override
        public void onWritePossible() {
            writable = true;
            drain();
        }

        @Override
        public void onError(Throwable failure) {
            end(failure);
        }
    }

    private final class Lifecycle implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            completed = true;
            end(new ClosedChannelException());
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end(new ClosedChannelException());
        }

        @Override
        public void onError(AsyncEvent event) {
            end(event.getThrowable() == null ? new ClosedChannelException() : event.getThrowable());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
