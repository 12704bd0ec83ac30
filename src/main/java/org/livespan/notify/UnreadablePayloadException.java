package org.livespan.notify;

/**
 * A notification on the channel that cannot be understood; the message completes "cannot be read: …". It has no stack trace,
 * since there may be thousands of these a second.
 */
public final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        super(message, null, false, false);
    }
}
