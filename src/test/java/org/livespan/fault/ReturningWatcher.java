package org.livespan.fault;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that goes to the other node when its stream ends, and tells it what it saw last, as a browser does. */
final class ReturningWatcher implements AutoCloseable {

    private final List<Watcher> stays = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile URI latest;
    private volatile boolean closed;

    private ReturningWatcher(URI first, URI second) {
        thread = new Thread(() -> watch(first, second), "returning-watcher");
    }

    static ReturningWatcher open(URI first, URI second) {
        var watcher = new ReturningWatcher(first, second);
        watcher.thread.start();
        return watcher;
    }

    private void watch(URI first, URI second) {
        for (URI next = first; !closed; next = next.equals(first) ? second : first) {
            try (Watcher stay = Watcher.open(next, lastId())) {
                stays.add(stay);
                latest = next;
                stay.awaitEnd();
            } catch (IOException e) {
                Thread.yield(); // This node does not answer
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String lastId() {
        List<String> ids = ids();
        return ids.isEmpty() ? null : ids.get(ids.size() - 1);
    }

    /** The ids of all results so far, on both nodes. */
    List<String> ids() {
        return stays.stream().flatMap(stay -> stay.ids().stream()).toList();
    }

    /** The newest result; null before the first. */
    String shown() {
        return stays.stream()
                .map(Watcher::shown)
                .filter(Objects::nonNull)
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** Whether its latest stream is at the node with this address. */
    boolean isAt(URI node) {
        return latest != null && latest.getPort() == node.getPort();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
