package org.livespan.security;

/** The keys that verify tokens cannot be read at the moment. */
final class KeysUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super(cause);
    }
}
