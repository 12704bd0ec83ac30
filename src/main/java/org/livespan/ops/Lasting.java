package org.livespan.ops;

import java.time.Duration;

/** Whether something was found at every check for some time. Checks come at any time and from any thread. Guarded by its lock. */
final class Lasting {

    private final long least;
    private boolean found;
    private long since;

    Lasting(Duration least) {
        this.least = least.toNanos();
    }

    /**
     * One more check.
     *
     * @param now of {@link System#nanoTime()}
     * @return whether it has lasted long enough
     */
    synchronized boolean look(boolean isSo, long now) {
        if (isSo && !found) {
            since = now;
        }
        found = isSo;
        return found && now - since >= least;
    }
}
