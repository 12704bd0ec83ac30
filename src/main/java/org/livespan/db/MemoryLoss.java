package org.livespan.db;

/**
 * Whether this JVM has ever run out of memory. Code that catches an {@link OutOfMemoryError} and goes on reports it here,
 * because other threads, such as the server's own, may have died of it, and nothing restarts them.
 *
 * <p>One field, set once and never reset.
 */
public final class MemoryLoss {

    private static volatile boolean met;

    private MemoryLoss() {}

    /** Any failure other than an {@link OutOfMemoryError}, or one that it caused, is no loss of memory. */
    public static void tell(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                met = true;
            }
        }
    }

    public static boolean wasMet() {
        return met;
    }
}
