package org.livespan.change;

/** A notification on our channel that says nothing we understand; its message completes "cannot be read: …". */
final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        super(message);
    }
}
