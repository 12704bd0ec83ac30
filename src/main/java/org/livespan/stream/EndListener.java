package org.livespan.stream;

/** Is told once that a client is gone. */
interface EndListener {

    /** @param failure what ended the stream; null if it ended in order */
    void ended(Mailbox mailbox, EndReason ending, Throwable failure);
}
