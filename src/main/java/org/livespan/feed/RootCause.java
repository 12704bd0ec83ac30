package org.livespan.feed;

/** What lies beneath an exception, for people. */
final class RootCause {

    private RootCause() {}

    /** The first line of the innermost message: PostgreSQL puts hints and positions on lines of their own. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
