package org.livespan.monitor;

/**
 * A problem with a feed, for its operator.
 *
 * @param isHeard whether changes are heard nevertheless, except for those of a few writers, which the audit finds
 * @param text what is wrong and the statement or setting that fixes it; completes "Feed NAME "
 */
record Trouble(boolean isHeard, String text) {

    static Trouble doubt(String text) {
        return new Trouble(true, text);
    }

    static Trouble unheard(String why) {
        return new Trouble(false, "gets no live changes: " + why);
    }

    static Trouble unreadable(String why) {
        return new Trouble(false, "cannot be read: " + why);
    }
}
