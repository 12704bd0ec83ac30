package org.livespan.feed;

/** What lies beneath an exception, for people. */
final class RootCause {

    private RootCause() {}

    /** The first line of the innermost message as a sentence: PostgreSQL puts hints and positions on lines of their own. */
    static String of(Throwable failure) {
        String message = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        String line = message.lines().findFirst().orElse("");
        return line.endsWith(".") || line.endsWith(";") ? line : line + ".";
    }
}
