package org.livespan.live;

/** Who watches a window. Called on the thread that refreshes it, one call at a time; hands over and returns. */
public interface WindowListener {

    /** The window's result is now this one, and it differs from the one before. The first comes in any case. */
    void changed(Result result);

    /**
     * The window is over: nothing more will come.
     *
     * @param reason {@link WindowTooLargeException} at any time, or before the first result
     *     {@link org.livespan.feed.FeedUnavailableException}
     */
    void ended(RuntimeException reason);
}
