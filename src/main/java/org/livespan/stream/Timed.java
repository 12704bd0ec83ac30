package org.livespan.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * The backlog of a client that wants to know how long changes take on the server: {@code timing=true}. After each event that
 * shows a commit heard of since the client came, it is told how long that took.
 */
final class Timed implements Backlog {

    private final Backlog backlog;
    private final Instant begin = Instant.now();

    /** When the commits were heard of that the event before shows; null if there is nothing to tell of it. */
    private Instant heard;

    Timed(Backlog backlog) {
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
