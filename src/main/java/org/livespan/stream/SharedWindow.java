package org.livespan.stream;

import org.livespan.http.WindowRequest;
import org.livespan.live.Window;

/** A window with its broadcaster and the number of seats taken at it; guarded by {@link SharedWindows}. */
final class SharedWindow {

    private final WindowRequest opener;
    private final ResultBroadcaster broadcaster;
    private final Window window;
    private int seats;

    SharedWindow(WindowRequest opener, ResultBroadcaster broadcaster, Window window) {
        this.opener = opener;
        this.broadcaster = broadcaster;
        this.window = window;
    }

    ResultBroadcaster broadcaster() {
        return broadcaster;
    }

    /** Whether this very request opened the window, not an equal one. */
    boolean wasOpenedFor(WindowRequest request) {
        return opener == request;
    }

    SharedWindow taken() {
        seats++;
        return this;
    }

    /** This window; null, and closed, if that was the last seat. */
    SharedWindow givenBack() {
        seats--;
        if (seats == 0) {
            close();
            return null;
        }
        return this;
    }

    void close() {
        window.close();
        broadcaster.close();
    }
}
