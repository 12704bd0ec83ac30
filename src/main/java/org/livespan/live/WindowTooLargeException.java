package org.livespan.live;

/** A window holds more rows than {@code livespan.limits.window-rows} allows. */
public final class WindowTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    WindowTooLargeException(int limit) {
        super("The window holds more than " + limit + " rows");
        this.limit = limit;
    }

    /** The most rows that a window may hold. */
    public int limit() {
        return limit;
    }
}
