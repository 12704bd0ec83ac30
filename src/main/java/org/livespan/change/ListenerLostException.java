package org.livespan.change;

/** Whether all changes have been heard cannot be told: the listener has lost its session, or does not keep up. */
public final class ListenerLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ListenerLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
