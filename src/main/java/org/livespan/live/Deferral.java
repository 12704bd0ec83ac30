package org.livespan.live;

/**
 * How long it takes until notifications that were put off are followed; see {@link Pace}. New windows and plain requests show
 * all that was committed before them, so they need what those tell of.
 */
enum Deferral {

    /** The next refresh follows them. */
    NONE,

    /** Whoever needs them waits, so that new windows and requests cause no read of their own. */
    SHORT,

    /** The rows of whoever needs them are read for him alone. */
    LONG
}
