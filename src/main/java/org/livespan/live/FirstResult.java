package org.livespan.live;

/** What a window begins with. */
public enum FirstResult {

    /**
     * The held rows, if there are any, which costs no statement. Enough for a client that reconnects, because it has seen
     * earlier ones.
     */
    HELD,

    /** Everything committed before the window was opened: a new client has to see what it has just written itself. */
    CURRENT
}
