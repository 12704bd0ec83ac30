package org.livespan.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.livespan.feed.Condition;
import org.livespan.feed.Selection;
import org.livespan.feed.Value;

/**
 * Finds the selections that a row is in by its values, however many there are.
 *
 * <p>Each selection is found by every combination of values that it allows, as long as these are few. Of one that allows many
 * combinations, the columns that allow most are left out, and are looked at when it has been found. For a row, there is one
 * look-up for each set of columns that occurs, times two for each column, because a selection may allow any value.
 *
 * <p>Guarded by the {@link LiveImage}.
 *
 * @param <T> what is found
 */
final class SelectionIndex<T> {

    /** The combinations of one selection. */
    private static final int MOST = 1_000;

    /** Any value, as opposed to {@link Value#NULL}. */
    private static final Object ANY = new Object();

    private final Map<List<Integer>, Columns<T>> byColumns = new LinkedHashMap<>();

    private record Entry<T>(Selection selection, T found) {}

    /** The selections that are found by these columns. */
    private record Columns<T>(Map<List<Object>, List<Entry<T>>> entries) {}

    void add(Selection selection, T found) {
        List<Integer> columns = columns(selection);
        Columns<T> same = byColumns.computeIfAbsent(columns, none -> new Columns<>(new HashMap<>()));
        for (List<Object> key : keys(selection, columns)) {
            same.entries.computeIfAbsent(key, none -> new ArrayList<>(1)).add(new Entry<>(selection, found));
        }
    }

    void remove(Selection selection) {
        List<Integer> columns = columns(selection);
        Columns<T> same = byColumns.get(columns);
        if (same == null) {
            return;
        }
        for (List<Object> key : keys(selection, columns)) {
            same.entries.computeIfPresent(key, (known, entries) -> {
                entries.removeIf(entry -> entry.selection.equals(selection));
                return entries.isEmpty() ? null : entries;
            });
        }
        if (same.entries.isEmpty()) {
            byColumns.remove(columns);
        }
    }

    /** @param values those of a row; empty if they were not read, and then it is in none */
    void forEach(Value[] values, Consumer<T> visitor) {
        if (values.length > 0) {
            byColumns.forEach((columns, same) -> visit(same, columns, 0, new Object[columns.size()], values, visitor));
        }
    }

    private void visit(
            Columns<T> same, List<Integer> columns, int place, Object[] key, Value[] values, Consumer<T> visitor) {
        if (place == key.length) {
            for (Entry<T> entry : same.entries.getOrDefault(List.of(key), List.of())) {
                if (entry.selection.includes(values)) {
                    visitor.accept(entry.found);
                }
            }
            return;
        }
        Value value = values[columns.get(place)];
        if (value != Value.OTHER) {
            key[place] = value;
            visit(same, columns, place + 1, key, values, visitor);
        }
        if (value != Value.NULL) {
            key[place] = ANY;
            visit(same, columns, place + 1, key, values, visitor);
        }
    }

    /** The columns by which a selection is found. */
    private static List<Integer> columns(Selection selection) {
        var bySize = new ArrayList<>(selection.columns());
        bySize.sort((one, other) -> Integer.compare(
                keys(selection.condition(one)).size(),
                keys(selection.condition(other)).size()));
        var chosen = new ArrayList<Integer>();
        int combinations = 1;
        for (int column : bySize) {
            combinations = Math.min(MOST, combinations)
                    * keys(selection.condition(column)).size();
            if (chosen.isEmpty() || combinations <= MOST) {
                chosen.add(column);
            }
        }
        chosen.sort(null);
        return chosen;
    }

    private static Set<Object> keys(Condition condition) {
        var keys = new LinkedHashSet<Object>(condition.values());
        if (condition.nulls()) {
            keys.add(Value.NULL);
        }
        if (condition.notNulls()) {
            keys.add(ANY);
        }
        return keys;
    }

    private static List<List<Object>> keys(Selection selection, List<Integer> columns) {
        List<List<Object>> keys = List.of(List.of());
        for (int column : columns) {
            var longer = new ArrayList<List<Object>>();
            for (List<Object> key : keys) {
                for (Object value : keys(selection.condition(column))) {
                    var one = new ArrayList<>(key);
                    one.add(value);
                    longer.add(List.copyOf(one));
                }
            }
            keys = longer;
        }
        return keys;
    }
}
