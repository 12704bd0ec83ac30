package org.livespan.http;

import java.util.Locale;

/** The types of problems; each is explained in {@code problems.html}. */
public enum ProblemType {
    INVALID_PARAMETER(400, "Invalid parameter"),
    MALFORMED_REQUEST(400, "Malformed request"),
    UNAUTHORIZED(401, "Authentication required"),
    LOGIN_REQUIRED(401, "Login required"),
    FORBIDDEN(403, "Access denied"),
    UNKNOWN_FEED(404, "Unknown feed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    WINDOW_TOO_LARGE(413, "Window too large"),
    TOO_MANY_STREAMS(429, "Too many streams"),
    FEED_TOO_LARGE(503, "Feed too large"),
    HTTP_VERSION_NOT_SUPPORTED(505, "HTTP version not supported"),
    INTERNAL_ERROR(500, "Internal error"),
    TOO_MANY_CLIENTS(503, "Too many clients"),
    TOO_MANY_READS(503, "Too many reads"),
    SHUTTING_DOWN(503, "Shutting down"),
    DATABASE_UNAVAILABLE(503, "Database unavailable"),
    READ_TIMEOUT(503, "Read timeout"),
    FEED_FORBIDDEN(503, "Feed not readable"),
    FEED_ALTERED(503, "Feed altered"),
    LOGIN_UNAVAILABLE(503, "Login unavailable");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may succeed soon, so that the answer says when to try again. */
    boolean isTemporary() {
        return status == SERVICE_UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    String title() {
        return title;
    }

    /** Its section in {@code problems.html}. */
    String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
