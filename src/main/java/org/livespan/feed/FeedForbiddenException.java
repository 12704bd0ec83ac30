package org.livespan.feed;

import org.livespan.change.RootCause;

/** The database does not let its user read a feed's rows, or not any more; the cause says why. */
public final class FeedForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedForbiddenException(String feed, Throwable cause) {
        super("The database does not let Livespan read the rows of feed " + feed + ": " + RootCause.of(cause), cause);
    }
}
