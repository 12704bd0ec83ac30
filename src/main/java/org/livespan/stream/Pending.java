package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is to be sent to a client besides its backlog, and in which order; bounded. Guarded by its {@link Mailbox}. */
final class Pending {

    private final Backlog backlog;
    private final Supplier<StreamEvent> stale;
    private OutboundSseEvent opening;
    private Broadcast broadcast;
    private Broadcast broadcastOnItsWay;
    private OutboundSseEvent farewell;
    private boolean farewellTaken;
    private boolean toldStale;
    private boolean heartbeatDue;

    /** An event besides the results. */
    record Broadcast(OutboundSseEvent event, CompletableFuture<Object> done) {

        static Broadcast of(OutboundSseEvent event) {
            return new Broadcast(event, new CompletableFuture<>());
        }

        /** The client has it, or will never get it. Must not be called with a lock held, because others wait for it. */
        void complete() {
            done.complete(null);
        }
    }

    /**
     * @param opening sent before everything else
     * @param stale returns the event that says that the rows may be old; null if they are not
     */
    Pending(OutboundSseEvent opening, Backlog backlog, Supplier<StreamEvent> stale) {
        this.opening = opening;
        this.backlog = backlog;
        this.stale = stale;
    }

    Backlog backlog() {
        return backlog;
    }

    /** @return what it replaces, to be completed */
    Stream<Broadcast> broadcast(Broadcast event) {
        Broadcast former = broadcast;
        broadcast = event;
        return Stream.ofNullable(former);
    }

    /** The last event. */
    void farewell(OutboundSseEvent event) {
        farewell = event;
    }

    void heartbeat() {
        heartbeatDue = true;
    }

    /** Whether {@link #take} would return null; it may do so even if this is false. */
    boolean isEmpty() {
        return opening == null
                && farewell == null
                && broadcast == null
                && backlog.isEmpty()
                && !heartbeatDue
                && toldStale == (stale.get() != null);
    }

    /** The next event to be sent; null if there is none. */
    OutboundSseEvent take() {
        OutboundSseEvent next = takeEvent();
        if (next == null) {
            next = takeStaleness();
        }
        if (next == null && heartbeatDue) {
            next = StreamEvent.HEARTBEAT;
        }
        heartbeatDue = false;
        return next;
    }

    private OutboundSseEvent takeEvent() {
        if (opening != null) {
            OutboundSseEvent first = opening;
            opening = null;
            return first;
        } else if (farewell != null) {
            farewellTaken = true;
            return farewell;
        } else if (broadcast != null) {
            broadcastOnItsWay = broadcast;
            broadcast = null;
            return broadcastOnItsWay.event();
        }
        return backlog.take();
    }

    /** Sent after all results, and only if it differs from the one sent before. */
    private OutboundSseEvent takeStaleness() {
        StreamEvent now = stale.get();
        if (toldStale == (now != null)) {
            return null;
        }
        toldStale = now != null;
        return toldStale ? now : StreamEvent.FRESH;
    }

    /** Whether the last event was taken to be sent. */
    boolean isOver() {
        return farewellTaken;
    }

    /** @return what the client has received, to be completed */
    Stream<Broadcast> sent() {
        Broadcast arrived = broadcastOnItsWay;
        broadcastOnItsWay = null;
        return Stream.ofNullable(arrived);
    }

    /** @return what the client will never get, to be completed */
    Stream<Broadcast> abandoned() {
        return Stream.of(broadcastOnItsWay, broadcast).filter(Objects::nonNull);
    }
}
