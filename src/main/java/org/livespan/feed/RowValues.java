package org.livespan.feed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the values of rows that were read, by their hashes and texts. What is not known, the database is asked once for all
 * rows. Used by one thread, for one read.
 */
final class RowValues {

    private final List<Values> values;
    private final Comparison comparison;
    private final List<Map<String, Value>> compared;

    /** Asks the database. */
    interface Comparison {

        /** For each pair of texts of a filter column, whether these are equal values. */
        List<Boolean> areEqual(int column, List<String> ones, List<String> others);
    }

    RowValues(List<Values> values, Comparison comparison) {
        this.values = values;
        this.comparison = comparison;
        this.compared = new ArrayList<>(Collections.nCopies(values.size(), Map.of()));
    }

    /**
     * The values of each row.
     *
     * @param rows their columns
     * @param first the first of the hashes and texts, alternating
     */
    List<Value[]> of(List<Object[]> rows, int first) {
        for (int column = 0; column < values.size(); column++) {
            compared.set(column, compare(column, rows, first + 2 * column));
        }
        return rows.stream().map(row -> row(row, first)).toList();
    }

    private Value[] row(Object[] row, int first) {
        var found = new Value[values.size()];
        for (int column = 0; column < found.length; column++) {
            int hash = first + 2 * column;
            found[column] = value(column, row[hash], (String) row[hash + 1]);
        }
        return found;
    }

    private Value value(int column, Object hash, String text) {
        if (text == null) {
            return Value.NULL;
        }
        Value answer = compared.get(column).get(text);
        return answer == null ? values.get(column).find(((Number) hash).longValue(), text) : answer;
    }

    private Map<String, Value> compare(int column, List<Object[]> rows, int hash) {
        var unknown = new HashMap<String, Long>();
        for (Object[] row : rows) {
            if (value(column, row[hash], (String) row[hash + 1]) == null) {
                unknown.put((String) row[hash + 1], ((Number) row[hash]).longValue());
            }
        }
        return unknown.isEmpty() ? Map.of() : compare(column, unknown);
    }

    private Map<String, Value> compare(int column, Map<String, Long> texts) {
        var ones = new ArrayList<String>();
        var others = new ArrayList<Value>();
        var answers = new HashMap<String, Value>();
        texts.forEach((text, hash) -> {
            answers.put(text, Value.OTHER);
            for (Value candidate : values.get(column).candidates(hash)) {
                ones.add(text);
                others.add(candidate);
            }
        });
        List<Boolean> equal = comparison.areEqual(
                column, ones, others.stream().map(Value::text).toList());
        for (int i = 0; i < ones.size(); i++) {
            others.get(i).compared(ones.get(i), equal.get(i));
            if (equal.get(i)) {
                answers.put(ones.get(i), others.get(i));
            }
        }
        return answers;
    }

    /** The value with this text and hash, which somebody asks for from now on. */
    Value add(int column, long hash, String text) {
        Value found = values.get(column).add(hash, text);
        while (found == null) {
            Value known = compare(column, Map.of(text, hash)).get(text);
            found = known == Value.OTHER ? values.get(column).add(hash, text) : known;
        }
        return found;
    }
}
