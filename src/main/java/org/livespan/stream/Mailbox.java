package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * One client: what it has not got yet, and at most one event on its way to it.
 *
 * <p>Nothing piles up for a client that is slower than the changes: see {@link Backlog}. The fields are guarded by this
 * object's lock, which is not held while the sink is called.
 */
final class Mailbox {

    private final SseEventSink sink;
    private final Backlog backlog;
    private final BiConsumer<Mailbox, Throwable> onEnd;

    private OutboundSseEvent opening;
    private OutboundSseEvent broadcast;
    private OutboundSseEvent farewell;
    private boolean heartbeatDue;
    private boolean sending;
    private boolean ended;
    private long since = System.nanoTime();

    /**
     * @param opening sent before all else
     * @param onEnd told once when the client is gone, with the failure that ended it or null
     */
    Mailbox(SseEventSink sink, Backlog backlog, OutboundSseEvent opening, BiConsumer<Mailbox, Throwable> onEnd) {
        this.sink = sink;
        this.backlog = backlog;
        this.opening = opening;
        this.onEnd = onEnd;
    }

    SseEventSink sink() {
        return sink;
    }

    /** What there is to show when the client joins. */
    void begin(WindowState present) {
        synchronized (this) {
            backlog.begin(present);
        }
        advance();
    }

    /** What there is to show now. */
    void offer(WindowState update) {
        synchronized (this) {
            backlog.offer(update);
        }
        advance();
    }

    /** Any other event; one that was not sent yet gives way. */
    void offer(OutboundSseEvent event) {
        synchronized (this) {
            broadcast = event;
        }
        advance();
    }

    /** The last event: the stream ends with it. */
    void endWith(OutboundSseEvent event) {
        synchronized (this) {
            farewell = event;
        }
        advance();
    }

    /**
     * Looks after the client: gives up one that has not taken an event for too long, and lets one that has heard nothing
     * for a while hear a heartbeat.
     */
    void pulse(long heartbeatNanos, long sendTimeoutNanos) {
        boolean stuck;
        synchronized (this) {
            long elapsed = System.nanoTime() - since;
            stuck = sending && elapsed > sendTimeoutNanos;
            heartbeatDue = !sending && elapsed >= heartbeatNanos;
        }
        if (stuck) {
            end(new TimeoutException("the client did not take an event in time"));
        } else {
            advance();
        }
    }

    /** Ends the stream now; what was not sent is not. */
    void close() {
        end(null);
    }

    private void advance() {
        OutboundSseEvent next;
        synchronized (this) {
            next = sending || ended ? null : take();
            if (next == null) {
                return;
            }
            sending = true;
            since = System.nanoTime();
        }
        send(next).whenComplete((nothing, failure) -> sent(next, failure));
    }

    /** A sink may throw where another one fails its stage; neither is to reach those who offer. */
    private CompletionStage<?> send(OutboundSseEvent event) {
        try {
            return sink.send(event);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private OutboundSseEvent take() {
        OutboundSseEvent next;
        if (opening != null) {
            next = opening;
            opening = null;
        } else if (farewell != null) {
            next = farewell;
        } else if (broadcast != null) {
            next = broadcast;
            broadcast = null;
        } else {
            next = backlog.take();
        }
        if (next == null && heartbeatDue) {
            next = StreamEvent.HEARTBEAT;
        }
        heartbeatDue = false;
        return next;
    }

    private void sent(OutboundSseEvent event, Throwable failure) {
        boolean over;
        synchronized (this) {
            over = event == farewell;
            sending = over;
            since = System.nanoTime();
        }
        if (failure != null || over) {
            end(failure);
        } else {
            advance();
        }
    }

    private void end(Throwable failure) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        try {
            sink.close();
        } finally {
            onEnd.accept(this, failure);
        }
    }
}
