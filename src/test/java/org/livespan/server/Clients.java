package org.livespan.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many streams at once. */
final class Clients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<EventStream> admitted = new ArrayList<>();

    private Clients() {}

    /**
     * Waits until this many are admitted at the same time. A refused client tries again, because a seat is given back
     * only when the server has detected that its client has left.
     */
    static Clients hold(int number, URI address, String... headers) {
        var clients = new Clients();
        await().atMost(PATIENCE).until(() -> clients.grewTo(number, address, headers));
        return clients;
    }

    private boolean grewTo(int number, URI address, String... headers) throws IOException, InterruptedException {
        var refused = false;
        while (admitted.size() < number && !refused) {
            var stream = EventStream.open(address, headers);
            refused = stream.status() != 200;
            if (refused) {
                stream.close();
            } else {
                admitted.add(stream);
            }
        }
        return !refused;
    }

    List<EventStream> admitted() {
        return admitted;
    }

    @Override
    public void close() {
        admitted.forEach(EventStream::close);
    }
}
