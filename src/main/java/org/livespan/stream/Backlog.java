package org.livespan.stream;

/** What has not been sent yet to a client of its window; bounded, however slow the client is. Guarded by its {@link Mailbox}. */
interface Backlog {

    /**
     * The state of the window when the client joins. It includes all updates offered before that are not later.
     */
    void begin(WindowState present);

    /** The window has changed. */
    void offer(WindowState update);

    /** Whether {@link #take} would return null; it may do so even if this is false. */
    boolean isEmpty();

    /** The next event to be sent; null if there is none. */
    StreamEvent take();
}
