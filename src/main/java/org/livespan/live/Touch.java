package org.livespan.live;

/** The kind of a change, and when it is read. */
enum Touch {
    /** At once: one with some dates, or not from a notification. */
    NARROW,
    /** At once: a notification for {@linkplain HeldRows#isMost most} of the held rows; see {@link Pace}. */
    WIDE,
    /** Such a notification that is put off. */
    PUT_OFF
}
