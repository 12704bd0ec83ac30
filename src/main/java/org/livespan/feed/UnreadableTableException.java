package org.livespan.feed;

/** The database answers, and says that a feed's table cannot be read as the settings have it; the message says why. */
final class UnreadableTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    UnreadableTableException(String message) {
        this(message, false);
    }

    /** @param forbidden whether it is the right to read it that is missing */
    UnreadableTableException(String message, boolean forbidden) {
        super(message);
        this.forbidden = forbidden;
    }

    boolean isForbidden() {
        return forbidden;
    }
}
