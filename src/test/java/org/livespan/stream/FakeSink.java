package org.livespan.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** A client whose network the test controls: an event is taken when the test says so. */
class FakeSink implements SseEventSink {

    private static final Pattern WORD = Pattern.compile(".*\\[(\\w+)].*");

    private final List<OutboundSseEvent> sent = new ArrayList<>();
    private CompletableFuture<Object> onItsWay;
    private int closes;

    /** A client that takes every event at once. */
    static FakeSink fast() {
        return new FakeSink() {
            @Override
            public CompletionStage<?> send(OutboundSseEvent event) {
                super.send(event);
                takes();
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    List<OutboundSseEvent> sent() {
        return sent;
    }

    /** What was sent to the client, one line for each event: its name and the word in its data, or its comment. */
    List<String> shown() {
        return sent.stream().map(FakeSink::shown).toList();
    }

    private static String shown(OutboundSseEvent event) {
        if (event.getData() == null) {
            return ": " + event.getComment();
        }
        String word = WORD.matcher(new String((byte[]) event.getData(), UTF_8)).replaceFirst("$1");
        return event.getName() == null ? word : event.getName() + " " + word;
    }

    /** The client takes the event that is on its way. */
    void takes() {
        CompletableFuture<Object> taken = onItsWay;
        onItsWay = null;
        taken.complete(null);
    }

    /** The connection breaks while the event is on its way. */
    void breaks(Throwable failure) {
        CompletableFuture<Object> broken = onItsWay;
        onItsWay = null;
        broken.completeExceptionally(failure);
    }

    boolean isIdle() {
        return onItsWay == null;
    }

    int closes() {
        return closes;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        if (onItsWay != null) {
            throw new AssertionError("two events on their way at once");
        }
        sent.add(event);
        onItsWay = new CompletableFuture<>();
        return onItsWay;
    }

    @Override
    public boolean isClosed() {
        return closes > 0;
    }

    @Override
    public void close() {
        closes++;
    }
}
