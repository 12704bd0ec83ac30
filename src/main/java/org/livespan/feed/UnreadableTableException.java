package org.livespan.feed;

/** The database answers, and says that a feed's table cannot be read as the settings have it; the message says why. */
final class UnreadableTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableTableException(String message) {
        super(message);
    }
}
