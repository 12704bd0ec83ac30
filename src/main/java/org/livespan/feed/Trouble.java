package org.livespan.feed;

/**
 * Something about a feed that its operator has to know.
 *
 * @param gravity what it means for whoever watches
 * @param text what is wrong and the statement or setting that mends it; completes "Feed NAME "
 */
record Trouble(Gravity gravity, String text) {

    enum Gravity {
        /** It may become one, or concerns few writers. What it keeps from being heard is found by the audit. */
        DOUBT,
        /** Changes are not heard: what is shown may be behind. */
        UNHEARD,
        /** The rows cannot be read at all. */
        UNREADABLE
    }

    static Trouble doubt(String text) {
        return new Trouble(Gravity.DOUBT, text);
    }

    static Trouble unheard(String why) {
        return new Trouble(Gravity.UNHEARD, "gets no live changes: " + why);
    }

    static Trouble unreadable(String why) {
        return new Trouble(Gravity.UNREADABLE, "cannot be read: " + why);
    }

    boolean isHeard() {
        return gravity == Gravity.DOUBT;
    }
}
