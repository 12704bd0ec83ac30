package org.livespan.feed;

import org.livespan.db.RootCause;

/** The database did not give a feed's rows; the cause says why. */
public final class FeedUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedUnavailableException(String feed, Throwable cause) {
        super("The rows of feed " + feed + " cannot be read: " + RootCause.of(cause), cause);
    }

    /** Whether the database works and a query took longer than {@code livespan.db.query-timeout} allows. */
    public boolean isTimeout() {
        return SqlState.isTimeout(getCause());
    }
}
