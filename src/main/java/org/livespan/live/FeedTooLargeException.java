package org.livespan.live;

/** The windows of a feed would together hold more rows than {@code livespan.limits.feed-rows} allows. */
public final class FeedTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedTooLargeException(String feed, int limit) {
        super("The windows on feed " + feed + " would hold more than " + limit + " rows together");
    }
}
