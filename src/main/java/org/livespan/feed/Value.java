package org.livespan.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A value of a filter column, as PostgreSQL compares it: rows whose values are equal have the same object, however they are
 * written ({@code 1.0} and {@code 1.00}).
 */
public final class Value {

    /** No value. */
    public static final Value NULL = new Value("null", null);

    /** Any value by which nobody filters. */
    public static final Value OTHER = new Value("another value", null);

    private static final int MOST_TEXTS = 1_000;

    private final String text;
    private final Values column;

    /** How else it is written, as far as is known. */
    private final Set<String> equal = ConcurrentHashMap.newKeySet();

    /** What has the same hash, but is another value. */
    private final Set<String> different = ConcurrentHashMap.newKeySet();

    /** @param text as PostgreSQL prints it */
    Value(String text, Values column) {
        this.text = text;
        this.column = column;
    }

    /** Whether it is a value of this column, and not of what the column was before it was altered. */
    boolean isOf(Values given) {
        return column == given;
    }

    String text() {
        return text;
    }

    boolean isWritten(String given) {
        return text.equals(given) || equal.contains(given);
    }

    boolean isNotWritten(String given) {
        return different.contains(given);
    }

    /** What the database said of a text with the same hash. It can be asked again, so not all answers are kept. */
    void compared(String given, boolean same) {
        Set<String> known = same ? equal : different;
        if (known.size() >= MOST_TEXTS) {
            known.clear();
        }
        known.add(given);
    }

    @Override
    public String toString() {
        return text;
    }
}
