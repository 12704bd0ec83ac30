package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.time.Span;

/**
 * One feed restricted to one span, while somebody watches it. Its digest and its end are guarded by the {@link LiveImage},
 * though anybody may ask whether it was closed; it is looked after from {@link LiveFeeds#open} until {@link #close()}.
 */
public final class Window implements AutoCloseable {

    private final LiveFeed feed;
    private final Span span;
    private final WindowListener listener;
    private final long number;

    private Digest digest;
    private volatile boolean closed;

    Window(LiveFeed feed, Span span, WindowListener listener, long number) {
        this.feed = feed;
        this.span = span;
        this.listener = listener;
        this.number = number;
    }

    /**
     * What the window shows now, to begin with; later than any update that was told before.
     *
     * @throws IllegalStateException before it is opened
     */
    public Present present() {
        return feed.present(this);
    }

    /** A window's result at one state of its feed; see {@link WindowUpdate}. */
    public record Present(long version, Result result) {}

    /** Nothing more is told to the listener, but for a call that is under way. */
    @Override
    public void close() {
        feed.close(this);
    }

    /** Marks it closed, and says whether it was open. */
    boolean end() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    Span span() {
        return span;
    }

    WindowListener listener() {
        return listener;
    }

    /** Unlike any other window's of the feed. */
    long number() {
        return number;
    }

    Digest digest() {
        return digest;
    }

    void digest(Digest now) {
        digest = now;
    }

    boolean isClosed() {
        return closed;
    }
}
