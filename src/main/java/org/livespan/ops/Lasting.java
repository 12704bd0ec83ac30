package org.livespan.ops;

import java.time.Duration;

/** Whether something was found so at every look for a while; looks come when they come, from any thread. Guarded by itself. */
final class Lasting {

    private final long least;
    private boolean found;
    private long since;

    Lasting(Duration least) {
        this.least = least.toNanos();
    }

    /**
     * One more look.
     *
     * @param now of {@link System#nanoTime()}
     * @return whether it has lasted that long by now
     */
    synchronized boolean look(boolean isSo, long now) {
        if (isSo && !found) {
            since = now;
        }
        found = isSo;
        return found && now - since >= least;
    }
}
