package org.livespan.feed;

import org.livespan.db.RootCause;

/** The database user may not read a feed's rows, or may no longer; the cause says why. */
public final class FeedForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedForbiddenException(String feed, Throwable cause) {
        super("The database does not let Livespan read the rows of feed " + feed + ": " + RootCause.of(cause), cause);
    }
}
