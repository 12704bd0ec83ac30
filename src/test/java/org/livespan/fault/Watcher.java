package org.livespan.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.livespan.server.Frame;
import org.livespan.server.FrameReader;

/** A client of a stream of whole results that stays as long as the stream lasts. */
final class Watcher implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile String shown;
    private volatile String shownWhenTold;
    private final CountDownLatch end = new CountDownLatch(1);

    private Watcher(HttpResponse<InputStream> response) {
        this.response = response;
        var reader = new Thread(this::read, "watcher");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param lastEventId what was seen last, or null */
    static Watcher open(URI stream, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(stream).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException(stream + " answers " + response.statusCode());
        }
        return new Watcher(response);
    }

    private void read() {
        try {
            new FrameReader(this::take).read(response.body());
        } catch (IOException e) {
            // Closed by us, or lost
        } finally {
            end.countDown();
        }
    }

    private void take(Frame frame) {
        if (frame.name() != null) {
            shownWhenTold = shown;
            told.add(frame.name());
        } else if (frame.data() != null) {
            shown = frame.data();
            ids.add(frame.id());
        }
    }

    /** The newest result; null before the first. */
    String shown() {
        return shown;
    }

    /** The ids of all results so far. */
    List<String> ids() {
        return ids;
    }

    /** The names of all other events so far. */
    List<String> told() {
        return told;
    }

    /** The newest result at the time of the latest of those events. */
    String shownWhenTold() {
        return shownWhenTold;
    }

    boolean hasEnded() {
        return end.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        end.await();
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
