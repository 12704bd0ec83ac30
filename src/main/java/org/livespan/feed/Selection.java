package org.livespan.feed;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rows of a feed: those that meet a condition on each of some filter columns. Immutable; equal if the conditions are.
 *
 * <p>Columns are numbered in the order of {@link Feed#filters()}.
 */
public final class Selection {

    /** All rows. */
    public static final Selection ALL = new Selection(new TreeMap<>());

    private final SortedMap<Integer, Condition> conditions;
    private final int hash;

    private Selection(SortedMap<Integer, Condition> conditions) {
        this.conditions = conditions;
        this.hash = conditions.hashCode();
    }

    /** Those of these rows that meet one more condition. */
    public Selection and(int column, Condition condition) {
        var more = new TreeMap<>(conditions);
        more.merge(column, condition, Condition::and);
        return new Selection(more);
    }

    public boolean isAll() {
        return conditions.isEmpty();
    }

    /** How many values it names. */
    public int size() {
        return conditions.values().stream()
                .mapToInt(condition -> condition.values().size())
                .sum();
    }

    /** Whether it can have no rows. */
    public boolean isNothing() {
        return conditions.values().stream().anyMatch(Condition::isNothing);
    }

    /** The columns that have a condition. */
    public Set<Integer> columns() {
        return conditions.keySet();
    }

    /** @return null if there is none */
    public Condition condition(int column) {
        return conditions.get(column);
    }

    /** @param values of a row; empty if they were not read, and then none of the conditions is met */
    public boolean includes(Value[] values) {
        for (Map.Entry<Integer, Condition> condition : conditions.entrySet()) {
            if (values.length == 0 || !condition.getValue().includes(values[condition.getKey()])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection selection && conditions.equals(selection.conditions);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return conditions.toString();
    }
}
