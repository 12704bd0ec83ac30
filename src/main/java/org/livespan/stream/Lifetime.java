package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;

/**
 * How long a client's stream lasts.
 *
 * @param end when it ends, by {@link System#nanoTime()}
 * @param farewell its last event; null if it ends without one, and the client reconnects
 */
record Lifetime(long end, OutboundSseEvent farewell) {

    static Lifetime of(Duration length, OutboundSseEvent farewell) {
        return new Lifetime(System.nanoTime() + length.toNanos(), farewell);
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }
}
