package org.livespan.live;

/** So many windows that nobody watches wait to be read already, or they took so long, that this one is not. */
public final class TooManyReadsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyReadsException() {
        super("Too many windows are to be read for who does not watch them");
    }
}
