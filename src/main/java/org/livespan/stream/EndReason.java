package org.livespan.stream;

/** Why a client's stream ended. */
enum EndReason {
    /** Ended by this node: its window ended, or the server stops. */
    CLOSED,
    /** It reached its maximum age; the client reconnects, here or elsewhere. */
    EXPIRED,
    /** The client left, or the connection was lost. */
    LOST,
    /** The client did not take an event in time. */
    STUCK,
    /** The client was not reading, and too much was buffered for such clients. */
    UNREAD
}
