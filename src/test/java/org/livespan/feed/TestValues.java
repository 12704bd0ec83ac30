package org.livespan.feed;

import java.util.Set;

/** Values of filter columns without a database. */
public final class TestValues {

    private TestValues() {}

    /** A value that is equal to no other. */
    public static Value of(String text) {
        return new Value(text, null);
    }

    public static Condition condition(Value... values) {
        return Condition.of(Set.of(values));
    }
}
