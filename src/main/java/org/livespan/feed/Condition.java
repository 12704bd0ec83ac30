package org.livespan.feed;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A condition on one filter column: its value is one of these.
 *
 * @param values none if {@code notNulls}, which includes all
 * @param nulls whether rows without a value are included
 * @param notNulls whether all rows with a value are included
 */
public record Condition(Set<Value> values, boolean nulls, boolean notNulls) {

    public Condition {
        values = notNulls ? Set.of() : Set.copyOf(values);
    }

    /** One of these values. */
    public static Condition of(Set<Value> values) {
        return new Condition(values, false, false);
    }

    /** What both include. */
    Condition and(Condition other) {
        var both = new HashSet<Value>(notNulls ? other.values : values);
        if (!notNulls && !other.notNulls) {
            both.retainAll(other.values);
        }
        return new Condition(both, nulls && other.nulls, notNulls && other.notNulls);
    }

    /** What any of these includes. */
    public static Condition any(Collection<Condition> conditions) {
        var all = new HashSet<Value>();
        conditions.forEach(condition -> all.addAll(condition.values));
        return new Condition(
                all,
                conditions.stream().anyMatch(Condition::nulls),
                conditions.stream().anyMatch(Condition::notNulls));
    }

    boolean isNothing() {
        return values.isEmpty() && !nulls && !notNulls;
    }

    boolean includes(Value value) {
        return value == Value.NULL ? nulls : notNulls || values.contains(value);
    }
}
