package org.livespan.feed;

/**
 * Something about a feed that its operator has to know.
 *
 * @param isHeard whether changes are heard all the same: those that may not be concern few writers, and the audit finds them
 * @param text what is wrong and the statement or setting that mends it; completes "Feed NAME "
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
