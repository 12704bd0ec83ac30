package org.livespan.stream;

/** What a client has not been sent yet of its window; bounded, however slow the client. Guarded by its {@link Mailbox}. */
interface Backlog {

    /**
     * What the window shows when the client joins. It has everything of the updates offered before that are not later
     * than this.
     */
    void begin(WindowState present);

    /** The window shows something else now. */
    void offer(WindowState update);

    /** The next event to be sent, or null if the client has all. */
    StreamEvent take();
}
