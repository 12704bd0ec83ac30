package org.livespan.stream;

import java.util.Locale;

/** The types of problems; each is explained in {@code problems.html}. */
enum ProblemType {
    INVALID_PARAMETER(400, "A parameter is not right"),
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "Who you are is not known"),
    FORBIDDEN(403, "You may not see this"),
    UNKNOWN_FEED(404, "There is no such feed"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method is not served here"),
    NOT_ACCEPTABLE(406, "None of the accepted types is served here"),
    WINDOW_TOO_LARGE(413, "The window holds too many rows"),
    FEED_TOO_LARGE(503, "The server holds too many rows"),
    HTTP_VERSION_NOT_SUPPORTED(505, "HTTP/2 is not served here"),
    INTERNAL_ERROR(500, "Livespan made a mistake"),
    TOO_MANY_CLIENTS(503, "All places are taken"),
    TOO_MANY_READS(503, "Too many windows are to be read"),
    SHUTTING_DOWN(503, "The server is shutting down"),
    DATABASE_UNAVAILABLE(503, "The database does not answer"),
    READ_TIMEOUT(503, "Reading the rows takes too long"),
    FEED_FORBIDDEN(503, "The feed cannot be read");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Its place in {@code problems.html}. */
    String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
