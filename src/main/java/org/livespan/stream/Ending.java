package org.livespan.stream;

/** Why a client's stream is over. */
enum Ending {
    /** This side ended it: its window is over, or the server goes away. */
    CLOSED,
    /** It had reached its age; the client comes back, here or elsewhere. */
    EXPIRED,
    /** The client went away, or the way to it broke. */
    LOST,
    /** The client did not take an event in time. */
    STUCK,
    /** The client was not reading, and too much was kept for such clients. */
    UNREAD
}
