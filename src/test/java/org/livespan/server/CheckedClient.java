package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * A client that checks every event as it arrives and keeps only the rows it shows, so that it can run for any length of
 * time.
 */
final class CheckedClient implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final RandomWindow window;
    private final ShownRows rows;
    private final Map<String, Integer> resultsById;
    private final Thread reader = new Thread(this::read, "checked-client");

    private volatile String id;
    private volatile String json;
    private volatile int events;
    private volatile AssertionError failure;

    /**
     * @param rows the rows it shows at the start
     * @param resultsById the hashes of all results that any client has received, shared by all clients
     */
    CheckedClient(
            HttpResponse<InputStream> response, RandomWindow window, ShownRows rows, Map<String, Integer> resultsById) {
        this.response = response;
        this.window = window;
        this.rows = rows;
        this.resultsById = resultsById;
        this.json = rows.json();
        reader.start();
    }

    private void read() {
        try {
            new FrameReader(this::take).read(EventStream.content(response));
        } catch (IOException e) {
            // Closed by us, or lost, which the comparison at the end detects
        } catch (RuntimeException e) {
            failure = new AssertionError(e);
        } catch (AssertionError e) {
            failure = e;
        }
    }

    private void take(Frame event) {
        if (event.data() == null) {
            return;
        }
        rows.take(event);
        window.check(rows);
        var shown = rows.json();
        if (!"change".equals(event.name())) {
            assertThat(shown).as("a whole result as it was sent").isEqualTo(event.data());
        }
        var before = resultsById.putIfAbsent(event.id(), shown.hashCode());
        assertThat(before).as("one id means one result").isIn(null, shown.hashCode());
        json = shown;
        id = event.id();
        events++;
    }

    RandomWindow window() {
        return window;
    }

    /** The id of the last event; null before the first. */
    String id() {
        return id;
    }

    /** The rows it shows, as JSON. */
    String json() {
        return json;
    }

    int events() {
        return events;
    }

    /** @throws AssertionError if an event was wrong */
    void requireNoFailure() {
        if (failure != null) {
            throw new AssertionError(window + ", event " + (events + 1) + ": " + failure.getMessage(), failure);
        }
    }

    /** Leaves, and returns the rows it shows. */
    ShownRows leave() throws InterruptedException {
        close();
        reader.join();
        requireNoFailure();
        return rows;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
