package org.livespan.db;

/**
 * That this JVM was out of memory once. Whoever meets an {@link OutOfMemoryError} and goes on tells it here, since others,
 * such as the server's own threads, may have ended by it, and nothing brings those back.
 *
 * <p>One field, set by whoever comes first and never taken back.
 */
public final class MemoryLoss {

    private static volatile boolean met;

    private MemoryLoss() {}

    /** Anything else than an {@link OutOfMemoryError} is no loss of memory. */
    public static void tell(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            met = true;
        }
    }

    public static boolean wasMet() {
        return met;
    }
}
