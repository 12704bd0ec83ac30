package org.livespan.feed;

/** According to the database, a feed's table cannot be read as configured; the message says why. */
public final class UnreadableTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    UnreadableTableException(String message) {
        this(message, false);
    }

    /** @param forbidden whether the right to read it is missing */
    UnreadableTableException(String message, boolean forbidden) {
        super(message);
        this.forbidden = forbidden;
    }

    boolean isForbidden() {
        return forbidden;
    }
}
