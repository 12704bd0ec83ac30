package org.livespan.time;

/** What somebody sent, in a sentence that tells them what is wrong with it: in quotes, and no longer than helps. */
public final class Quoted {

    private static final int MOST_CHARACTERS = 100;

    private Quoted() {}

    /** The text in single quotes; of a long one the beginning, and how long it is. */
    public static String of(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= MOST_CHARACTERS
                ? "'" + text + "'"
                : "'" + text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…' (" + length
                        + " characters)";
    }
}
