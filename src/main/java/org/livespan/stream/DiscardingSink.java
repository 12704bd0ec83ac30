package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The sink of a client that does not exist: its events are made as for any other, and discarded. */
final class DiscardingSink implements SseEventSink {

    private final EventCoding coding;
    private final StreamMode mode;
    private final Semaphore events = new Semaphore(0);
    private volatile boolean closed;

    DiscardingSink(EventCoding coding, StreamMode mode) {
        this.coding = coding;
        this.mode = mode;
    }

    void join(ResultBroadcaster broadcaster, Lifetime lifetime) {
        broadcaster.register(this, mode.backlog(null), lifetime, ending -> {});
    }

    /** Returns when it has received an event since the last call, or at that time of {@link System#nanoTime()}. */
    void awaitEvent(long end) throws InterruptedException {
        if (events.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            events.drainPermits();
        }
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        Frame frame = coding.frame(event);
        try {
            while (frame.writePiece(OutputStream.nullOutputStream()) == Frame.PIECE) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            frame.close();
        }
        events.release();
        return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
