package org.livespan.change;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt. Each failure doubles the ceiling, and the wait is drawn evenly from its upper
 * half, so that nodes that lost a database together do not reconnect together.
 *
 * <p>With the ceilings used here, 0.25 s to 4 s: the first attempts come after 0.125–0.25 s, 0.25–0.5 s, 0.5–1 s, 1–2 s, and
 * from then on every 2–4 s.
 *
 * <p>Owned by one thread.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private Duration ceiling = FIRST;

    Duration next() {
        long millis = ceiling.toMillis();
        ceiling = ceiling.multipliedBy(2).compareTo(LONGEST) < 0 ? ceiling.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }

    void reset() {
        ceiling = FIRST;
    }
}
