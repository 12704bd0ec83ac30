package org.livespan.security;

/** A token that is not accepted. The message says why, and nothing of what is in it. */
final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }
}
