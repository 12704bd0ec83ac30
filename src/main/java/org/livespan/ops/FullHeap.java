package org.livespan.ops;

import java.time.Duration;

/**
 * Whether the heap stays full despite repeated collections, so that the JVM does hardly anything else. Guarded by its own lock.
 */
final class FullHeap {

    /** Longer than a burst of large results. */
    static final Duration LEAST = Duration.ofSeconds(30);

    /** A full heap that is not being collected is not a problem. */
    static final Duration PEACE = Duration.ofSeconds(10);

    private final Lasting full = new Lasting(LEAST);
    private long collections;
    private long collected;

    /** @param now of {@link System#nanoTime()} */
    synchronized boolean lasts(HeapUse use, long now) {
        if (use.collections() != collections) {
            collections = use.collections();
            collected = now;
        }
        return full.look(use.isFull() && now - collected <= PEACE.toNanos(), now);
    }
}
