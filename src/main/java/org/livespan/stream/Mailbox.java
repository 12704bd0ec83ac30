package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.livespan.stream.Pending.Broadcast;

/**
 * A client: what it has not received yet, and at most one event that is being sent.
 *
 * <p>Nothing piles up for a client that is slower than the changes, see {@link Backlog}. The fields are guarded by this
 * object's lock, which is not held while the sink is called.
 */
final class Mailbox implements Runnable {

    private final SseEventSink sink;
    private final Pending pending;
    private final Executor delivery;
    private final EndListener onEnd;
    private final Lifetime lifetime;

    /** Whether it is in the queue of {@link #delivery}. */
    private boolean due;

    private final Transit transit = new Transit();

    /** Why the stream ends with the event that is being sent; null while it goes on. */
    private EndReason finish;

    private boolean ended;

    /**
     * @param delivery runs this mailbox when there may be something to send
     */
    Mailbox(SseEventSink sink, Pending pending, Lifetime lifetime, Executor delivery, EndListener onEnd) {
        this.sink = sink;
        this.pending = pending;
        this.lifetime = lifetime;
        this.delivery = delivery;
        this.onEnd = onEnd;
    }

    SseEventSink sink() {
        return sink;
    }

    /** The state of the window when the client joins. */
    void begin(WindowState present) {
        synchronized (this) {
            pending.backlog().begin(present);
        }
        deliver();
    }

    /** The window has changed. */
    void offer(WindowState update) {
        synchronized (this) {
            pending.backlog().offer(update);
        }
        deliver();
    }

    /**
     * Any other event. It replaces one that has not been sent yet.
     *
     * @return completes when the client has it, or will never get it
     */
    CompletionStage<?> offer(OutboundSseEvent event) {
        var broadcast = Broadcast.of(event);
        Stream<Broadcast> former;
        synchronized (this) {
            former = ended ? Stream.of(broadcast) : pending.broadcast(broadcast);
        }
        former.forEach(Broadcast::complete);
        deliver();
        return broadcast.done();
    }

    /** The last event, with which the stream ends. */
    void endWith(OutboundSseEvent event) {
        synchronized (this) {
            pending.farewell(event);
        }
        deliver();
    }

    /** Ends the stream after the event that is being sent. */
    void finish() {
        finish(EndReason.CLOSED);
    }

    private void finish(EndReason ending) {
        synchronized (this) {
            finish = finish == null ? ending : finish;
        }
        deliver();
    }

    /**
     * Checks the client: drops it if it has not taken an event for too long, ends its stream when that has lasted long enough,
     * and sends it a heartbeat if it has received nothing for a while.
     *
     * @param unread gets the client if something is being sent to it
     */
    void pulse(long heartbeatNanos, long sendTimeoutNanos, Unread unread) {
        boolean stuck;
        boolean silent;
        synchronized (this) {
            stuck = transit.isSending() && transit.nanos() > sendTimeoutNanos;
            silent = !transit.isSending() && transit.nanos() >= heartbeatNanos;
            if (silent) {
                pending.heartbeat();
            }
        }
        if (stuck) {
            end(EndReason.STUCK, new TimeoutException("the client did not receive an event in time"), true);
        } else if (lifetime.isOver()) {
            expire();
        } else if (silent) {
            deliver();
        } else if (sink instanceof ServletEventSink ours) {
            unread.look(ours, this::dropUnread);
        }
    }

    private void expire() {
        if (lifetime.farewell() == null) {
            finish(EndReason.EXPIRED);
        } else {
            endWith(lifetime.farewell());
        }
    }

    private void dropUnread() {
        end(EndReason.UNREAD, new TimeoutException("livespan.limits.unsent-bytes was reached"), true);
    }

    /** Sends a heartbeat now, unless an event is being sent. */
    void call() {
        synchronized (this) {
            if (transit.isSending()) {
                return;
            }
            pending.heartbeat();
        }
        deliver();
    }

    /** Ends the stream now, without sending the rest. */
    void close() {
        end(EndReason.CLOSED, null, true);
    }

    /** Abandons the stream: nothing more is sent, and the sink stays open. */
    void release() {
        end(EndReason.CLOSED, null, false);
    }

    /** To be called when there may be something to send, because shared state has changed. */
    void deliver() {
        Turn turn;
        synchronized (this) {
            if (due || transit.isSending() || ended) {
                return;
            }
            due = true;
            turn = new Turn(this, System.nanoTime() + transit.usualNanos());
        }
        delivery.execute(turn);
    }

    /** Sends the next event, if there is one, or ends the stream. */
    @Override
    public void run() {
        OutboundSseEvent next;
        EndReason ending;
        synchronized (this) {
            due = false;
            if (transit.isSending() || ended) {
                return;
            }
            ending = finish;
            next = ending == null ? pending.take() : null;
            if (next != null) {
                transit.begin();
            }
        }
        if (ending != null) {
            end(ending, null, true);
        } else if (next != null) {
            send(next).whenComplete((nothing, failure) -> sent(failure));
        }
    }

    /** Some sinks throw where others fail their stage; neither must reach those that offer events. */
    private CompletionStage<?> send(OutboundSseEvent event) {
        try {
            return sink.send(event);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void sent(Throwable failure) {
        if (failure != null) {
            end(EndReason.LOST, failure, true);
            return;
        }
        Stream<Broadcast> arrived;
        boolean more;
        synchronized (this) {
            transit.end();
            arrived = pending.sent();
            if (pending.isOver()) {
                finish = EndReason.CLOSED;
            }
            more = finish != null || !pending.isEmpty();
        }
        arrived.forEach(Broadcast::complete);
        if (more) {
            deliver();
        }
    }

    private void end(EndReason ending, Throwable failure, boolean closeSink) {
        Stream<Broadcast> abandoned;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            abandoned = pending.abandoned();
        }
        try {
            if (closeSink) {
                sink.close();
            }
        } finally {
            onEnd.ended(this, ending, failure);
            abandoned.forEach(Broadcast::complete);
        }
    }
}
