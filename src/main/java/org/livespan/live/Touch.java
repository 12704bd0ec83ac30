package org.livespan.live;

/** What kind of change has touched what is held, and when it is read. */
enum Touch {
    /** At once: of some dates, or nothing that a notification told. */
    NARROW,
    /** At once: a notification that covers {@link HeldRows#isMost most} of what is held; see {@link Pace}. */
    WIDE,
    /** The same, read later. */
    PUT_OFF
}
