package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.livespan.gzip.InflatedInputStream;

/** A client of a stream that keeps everything it receives, as it was sent. */
final class EventStream implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final int LOOK_MILLIS = 20;

    private final HttpResponse<InputStream> response;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Frame> unseen = new LinkedBlockingQueue<>();
    private volatile Instant end;
    private volatile boolean endedInOrder;
    private volatile String how;

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        var reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns when the headers have arrived. */
    static EventStream open(URI address, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return of(Http.CLIENT.send(request.build(), BodyHandlers.ofInputStream()));
    }

    /** The stream in this answer; nothing else may read it. */
    static EventStream of(HttpResponse<InputStream> response) {
        return new EventStream(response);
    }

    private void read() {
        var reader = new FrameReader(this::take);
        try {
            reader.read(content(response));
            endedInOrder = reader.rest().isEmpty();
            how = "with " + reader.rest() + " after its last event";
        } catch (IOException e) {
            // Closed by us, or lost: either way nothing more arrives
            how = "with " + reader.rest() + " after its last event, by " + e;
        } finally {
            end = Instant.now();
        }
    }

    /** The body of an answer, decompressed if it is compressed. */
    static InputStream content(HttpResponse<InputStream> response) {
        boolean gzip = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isPresent();
        return gzip ? new InflatedInputStream(response.body()) : response.body();
    }

    private void take(Frame frame) {
        frames.add(frame);
        if (frame.data() != null) {
            unseen.add(frame);
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** Every frame so far, including those without data. */
    List<Frame> frames() {
        return frames;
    }

    /** Every event so far, including those that {@link #next()} has returned. */
    List<Frame> events() {
        return frames.stream().filter(frame -> frame.data() != null).toList();
    }

    /** The event after the last one returned. */
    Frame next() throws InterruptedException {
        var event = unseen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event comes").isNotNull();
        return event;
    }

    /** The event after the last one returned, or null if the stream has ended without another. */
    Frame nextUntilEnd() throws InterruptedException {
        while (true) {
            boolean over = hasEnded();
            var event = unseen.poll(over ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (event != null || over) {
                return event;
            }
        }
    }

    /** The newest event so far, returned or not; null before the first. */
    Frame last() {
        var events = events();
        return events.isEmpty() ? null : events.get(events.size() - 1);
    }

    /** Whether the server has ended it, or we have. */
    boolean hasEnded() {
        return end != null;
    }

    /** When it ended; null while it is open. */
    Instant end() {
        return end;
    }

    /** Whether the server has ended it with the last chunk (RFC 9112, 7.1), after a complete event, and gzip with its trailer. */
    boolean hasEndedInOrder() {
        return endedInOrder;
    }

    @Override
    public String toString() {
        return response.uri().getRawQuery() + ": " + frames.size() + " frames, ended " + end + " " + how;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
