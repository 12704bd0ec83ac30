package org.livespan.db;

/** What lies beneath an exception, for people. */
public final class RootCause {

    private RootCause() {}

    /** The first line of the innermost message as a sentence: PostgreSQL puts hints and positions on lines of their own. */
    public static String of(Throwable failure) {
        String message = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : sentence(cause);
        }
        String line = message.lines().findFirst().orElse("");
        return line.endsWith(".") || line.endsWith(";") ? line : line + ".";
    }

    /** The message of a class that is missing is nothing but its name. */
    private static String sentence(Throwable cause) {
        return cause instanceof ClassNotFoundException ? "There is no class " + cause.getMessage() : cause.getMessage();
    }
}
