package org.livespan.live;

/**
 * Receives the results of a window. It has to hand over and return. Updates come one at a time and in order; {@code opened}
 * may be called at the same time as the first of them.
 */
public interface WindowListener {

    /** The window has its first result: from now on {@link Window#present()} returns it. */
    void opened(Window window);

    /** The window's result differs from the one before. */
    void changed(WindowUpdate update);

    /**
     * The window has ended: there will be no more calls.
     *
     * @param reason {@link WindowTooLargeException}, {@link FeedTooLargeException} or
     *     {@link org.livespan.feed.FeedForbiddenException} at any time, and before the first result
     *     {@link org.livespan.feed.FeedUnavailableException}
     */
    void ended(RuntimeException reason);
}
