package org.livespan.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * The backlog of a client that asks how long changes take on the server: {@code timing=true}. Each event that shows a commit
 * heard since the client came is followed by the time it took.
 */
final class TimedBacklog implements Backlog {

    private final Backlog backlog;
    private final Instant begin = Instant.now();

    /** When the commits of the previous event were heard; null if there are none. */
    private Instant heard;

    TimedBacklog(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void begin(WindowState present) {
        backlog.begin(present);
    }

    @Override
    public void offer(WindowState update) {
        backlog.offer(update);
    }

    @Override
    public boolean isEmpty() {
        return heard == null && backlog.isEmpty();
    }

    @Override
    public StreamEvent take() {
        if (heard != null) {
            var elapsed = Duration.between(heard, Instant.now());
            heard = null;
            return StreamEvent.timing(elapsed);
        }
        StreamEvent next = backlog.take();
        boolean timed = next != null && next.heard() != null && next.heard().isAfter(begin);
        heard = timed ? next.heard() : null;
        return next;
    }
}
