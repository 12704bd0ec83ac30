package org.livespan.feed;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts of a statement that concern the filter columns of one table. Texts of values are its parameters, each a whole array
 * in PostgreSQL's syntax.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">PostgreSQL, Array Input and Output Syntax</a>
 */
final class FilterSql {

    private final List<FilterColumn> columns;
    private final List<String> parameters = new ArrayList<>();

    FilterSql(List<FilterColumn> columns) {
        this.columns = columns;
    }

    /** The parameters so far, in their order. */
    List<String> parameters() {
        return parameters;
    }

    /** Whether the values of the filter columns are read. */
    boolean hasValues() {
        return !columns.isEmpty();
    }

    /** For each column the hash and the text of a row's value, with a comma before each. */
    String values(String row) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    String value = value(row, columns.get(i));
                    return ", " + FilterColumn.hash(value) + " as row_hash_" + i + ", cast(" + value
                            + " as pg_catalog.text) as row_text_" + i;
                })
                .collect(joining());
    }

    /** Their names. */
    String valueNames() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> ", row_hash_" + i + ", row_text_" + i)
                .collect(joining());
    }

    /** For the order of rows with the same date and key. */
    String order(String row) {
        return columns.stream()
                .map(column -> ", cast(" + value(row, column) + " as pg_catalog.text)")
                .collect(joining());
    }

    private static String value(String row, FilterColumn column) {
        return column.value(field(row, column));
    }

    private static String field(String row, FilterColumn column) {
        return row + "." + SqlNames.quoted(column.column());
    }

    /** The condition of rows that are in the selection; nothing if all rows are. */
    String and(String row, Selection selection) {
        return selection.columns().stream()
                .map(column -> " and "
                        + one(field(row, columns.get(column)), columns.get(column), selection.condition(column)))
                .collect(joining());
    }

    private String one(String field, FilterColumn column, Condition condition) {
        var any = new ArrayList<String>();
        if (!condition.values().isEmpty()) {
            parameters.add(
                    array(condition.values().stream().map(Value::text).sorted().toList()));
            any.add(field + " " + column.equality() + " any (select " + column.value("livespan_given.text")
                    + " from pg_catalog.unnest(cast(?" + parameters.size()
                    + " as pg_catalog.text[])) as livespan_given(text))");
        }
        // A composite value of nulls only "is null", and is none all the same
        if (condition.nulls()) {
            any.add(field + " is not distinct from null");
        }
        if (condition.notNulls()) {
            any.add(field + " is distinct from null");
        }
        return any.isEmpty() ? "false" : any.stream().collect(joining(" or ", "(", ")"));
    }

    /** The hash of each given text, and the text that PostgreSQL prints instead. */
    String parsed(FilterColumn column, List<String> texts) {
        parameters.add(array(texts));
        String value = column.value("livespan_given.text");
        return "select " + FilterColumn.hash(value) + ", cast(" + value + " as pg_catalog.text)"
                + " from pg_catalog.unnest(cast(?" + parameters.size()
                + " as pg_catalog.text[])) with ordinality as livespan_given(text, place) order by livespan_given.place";
    }

    /** For each pair of texts, whether they are equal values. */
    String compared(FilterColumn column, List<String> ones, List<String> others) {
        parameters.add(array(ones));
        parameters.add(array(others));
        return "select " + column.value("livespan_given.one") + " " + column.equality() + " "
                + column.value("livespan_given.other") + ", livespan_given.place from rows from ("
                + "pg_catalog.unnest(cast(?" + (parameters.size() - 1) + " as pg_catalog.text[])), "
                + "pg_catalog.unnest(cast(?" + parameters.size() + " as pg_catalog.text[]))) with ordinality"
                + " as livespan_given(one, other, place) order by livespan_given.place";
    }

    private static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(joining(",", "{", "}"));
    }
}
