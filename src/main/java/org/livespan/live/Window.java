package org.livespan.live;

import org.livespan.feed.Digest;
import org.livespan.feed.Selection;
import org.livespan.time.Span;

/**
 * A feed restricted to a span and a selection, while it is watched: from {@link LiveFeeds#open} until {@link #close()}. Its digest and its
 * end are guarded by the {@link LiveImage}; any thread may ask whether it is closed.
 */
public final class Window implements AutoCloseable {

    private final Owner owner;
    private final Restriction restriction;
    private final WindowListener listener;
    private final long number;
    private final EdgeLeaves edges = new EdgeLeaves();

    private Digest digest;
    private volatile boolean closed;

    /** Holds the window's rows. */
    interface Owner {

        Present present(Window window);

        void close(Window window);
    }

    Window(Owner owner, Restriction restriction, WindowListener listener, long number) {
        this.owner = owner;
        this.restriction = restriction;
        this.listener = listener;
        this.number = number;
    }

    /**
     * What the window shows now. It is later than any update that was sent before.
     *
     * @throws IllegalStateException before it is opened
     */
    public Present present() {
        return owner.present(this);
    }

    /** A window's result at one state of its feed; see {@link WindowUpdate}. */
    public record Present(long version, Result result) {}

    /** The listener is not called any more, except for a call under way. */
    @Override
    public void close() {
        owner.close(this);
    }

    /** Marks it as closed, and returns whether it was open. */
    boolean end() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    Restriction restriction() {
        return restriction;
    }

    Span span() {
        return restriction.span();
    }

    Selection selection() {
        return restriction.selection();
    }

    WindowListener listener() {
        return listener;
    }

    /** Unique among the windows of the feed. */
    long number() {
        return number;
    }

    /** Its rows in this image of its selection, whose digest is the present one. */
    Result result(Image image) {
        return new Result(image, span(), digest, edges);
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
