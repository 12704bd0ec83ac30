package org.livespan.live;

/** Too many unwatched windows are waiting to be read, or have been waiting for too long. */
public final class TooManyReadsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyReadsException() {
        super("Too many windows are waiting to be read");
    }
}
