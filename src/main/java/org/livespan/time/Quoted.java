package org.livespan.time;

/** Input quoted in an error message, shortened if it is long. */
public final class Quoted {

    private static final int MOST_CHARACTERS = 100;

    private Quoted() {}

    /** The text in single quotes; if it is long, its beginning and its length. */
    public static String of(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= MOST_CHARACTERS
                ? "'" + text + "'"
                : "'" + text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…' (" + length
                        + " characters)";
    }
}
