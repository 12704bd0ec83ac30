package org.livespan.fault;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks a node four times a second whether it is alive, as an orchestrator does that restarts nodes. */
final class Liveness implements AutoCloseable {

    private static final int MILLIS = 250;

    private final Node node;
    private final List<Instant> failures = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Liveness(Node node) {
        this.node = node;
    }

    static Liveness watch(Node node) {
        var liveness = new Liveness(node);
        liveness.timer.scheduleWithFixedDelay(liveness::ask, 0, MILLIS, TimeUnit.MILLISECONDS);
        return liveness;
    }

    private void ask() {
        try {
            if (!node.isAlive() && !timer.isShutdown()) {
                failures.add(Instant.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When it did not say that it is alive. */
    List<Instant> failures() {
        return failures;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
