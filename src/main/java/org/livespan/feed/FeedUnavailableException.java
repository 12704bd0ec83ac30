package org.livespan.feed;

import org.livespan.db.RootCause;

/** The database did not return a feed's rows; the cause says why. */
public final class FeedUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedUnavailableException(String feed, Throwable cause) {
        super(message(feed, cause), cause);
    }

    /** The messages of the database and the driver about a time-out name no setting. */
    private static String message(String feed, Throwable cause) {
        return SqlState.isTimeout(cause)
                ? "Reading the rows of feed " + feed + " takes longer than livespan.db.query-timeout allows."
                : "The rows of feed " + feed + " cannot be read: " + RootCause.of(cause);
    }

    /** Whether the database answered and refused, as it would again. */
    public boolean isRefused() {
        return SqlState.isRefused(getCause());
    }

    /** Whether a lock was not available within {@code lock_timeout}, so that nothing was read. */
    public boolean isLocked() {
        return SqlState.isLocked(getCause());
    }

    /** Whether the database works and a query took longer than {@code livespan.db.query-timeout} allows. */
    public boolean isTimeout() {
        return SqlState.isTimeout(getCause());
    }
}
