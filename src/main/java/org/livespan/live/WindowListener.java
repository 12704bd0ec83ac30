package org.livespan.live;

/**
 * Who watches a window. Hands over and returns. Updates come one at a time and in order; {@code opened} may come while the
 * first of them does.
 */
public interface WindowListener {

    /** The window's first result is there: from now on {@link Window#present()} has it. */
    void opened(Window window);

    /** The window's result differs from the one before. */
    void changed(WindowUpdate update);

    /**
     * The window is over: nothing more will come.
     *
     * @param reason {@link WindowTooLargeException}, {@link FeedTooLargeException} or
     *     {@link org.livespan.feed.FeedForbiddenException} at any time, and before the first result
     *     {@link org.livespan.feed.FeedUnavailableException}
     */
    void ended(RuntimeException reason);
}
