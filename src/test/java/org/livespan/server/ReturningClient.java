package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;

/**
 * A client that reconnects whenever its stream has ended, as a browser does but at once, and sends the last id it has
 * seen.
 */
final class ReturningClient implements AutoCloseable {

    private final URI address;
    private final ShownRows rows = new ShownRows();
    private final Thread reader = new Thread(this::run, "returning-client");

    private volatile boolean leaving;
    private volatile EventStream stream;
    private volatile int returns = -1;
    private volatile int events;
    private volatile String id;
    private volatile String json;
    private volatile Throwable failure;

    private ReturningClient(URI address) {
        this.address = address;
    }

    static ReturningClient start(URI address) {
        var client = new ReturningClient(address);
        client.reader.setDaemon(true);
        client.reader.start();
        return client;
    }

    private void run() {
        try {
            while (!leaving) {
                follow();
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private void follow() throws IOException, InterruptedException {
        stream = id == null ? EventStream.open(address) : EventStream.open(address, "Last-Event-ID", id);
        returns++;
        assertThat(stream.status()).isEqualTo(200);
        for (var event = stream.nextUntilEnd(); event != null; event = stream.nextUntilEnd()) {
            assertThat(event.id()).as("what it has is not sent again").isNotEqualTo(id);
            rows.take(event);
            json = rows.json();
            id = event.id();
            events++;
        }
        assertThat(leaving || stream.hasEndedInOrder())
                .as("the end is in order")
                .isTrue();
    }

    /** How often it has returned. */
    int returns() {
        return returns;
    }

    int events() {
        return events;
    }

    /** The rows it shows, as JSON; null before the first event. */
    String json() {
        return json;
    }

    /** @throws AssertionError if an event or an end was wrong */
    void requireNoFailure() {
        if (failure != null && !leaving) {
            throw new AssertionError(
                    "after " + returns + " returns and " + events + " events: " + failure + "; last stream " + stream,
                    failure);
        }
    }

    @Override
    public void close() {
        leaving = true;
        if (stream != null) {
            stream.close();
        }
    }
}
