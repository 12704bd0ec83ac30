package org.livespan.feed;

/** The filter columns of a feed's table were altered, so that the selections made before mean nothing now. */
public final class FeedAlteredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedAlteredException(String feed) {
        super("The filter columns of feed " + feed + " were altered");
    }
}
