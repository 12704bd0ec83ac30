package org.livespan.feed;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The filter columns of a feed, as found in the catalogue, and those of their values that somebody asks for. */
final class Filters {

    static final Filters NONE = new Filters(List.of());

    private final List<FilterColumn> columns;
    private final List<Values> values;

    /** Whether anybody has ever asked for a filter; until then, values of rows need not be read. */
    private volatile boolean asked;

    Filters(List<FilterColumn> columns) {
        this.columns = List.copyOf(columns);
        this.values = Stream.generate(Values::new).limit(columns.size()).toList();
    }

    /** These, with the values that are known, unless something about the columns is different. */
    Filters with(List<FilterColumn> found) {
        return columns.equals(found) ? this : new Filters(found);
    }

    boolean areAsked() {
        return asked;
    }

    List<FilterColumn> columns() {
        return columns;
    }

    List<Values> values() {
        return values;
    }

    /** The rows that meet all of these; empty if the database has to be asked about a value. */
    Optional<Selection> known(List<Filter> given) {
        var selection = Selection.ALL;
        for (Filter filter : given) {
            int column = column(filter);
            List<Value> known = filter.values().stream()
                    .map(values.get(column)::known)
                    .filter(Objects::nonNull)
                    .toList();
            if (known.size() < filter.values().size()) {
                return Optional.empty();
            }
            selection = and(selection, column, filter, Set.copyOf(known));
        }
        return Optional.of(selection);
    }

    /** Those of the selection that meet one more filter, whose texts are these values. From now on, values of rows are read. */
    Selection and(Selection selection, int column, Filter filter, Set<Value> values) {
        asked = true;
        return filter.isNull() && filter.isNotNull()
                ? selection
                : selection.and(column, new Condition(values, filter.isNull(), filter.isNotNull()));
    }

    /** Whether the selections were made with these filters, not with those of a table that has been altered since. */
    boolean areOf(List<SelectedSpans> selections) {
        return selections.stream()
                .map(SelectedSpans::selection)
                .allMatch(selection -> selection.columns().stream()
                        .allMatch(column -> column < columns.size()
                                && selection.condition(column).values().stream()
                                        .allMatch(value -> value.isOf(values.get(column)))));
    }

    /** The number of its column. */
    int column(Filter filter) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(filter.column())) {
                return i;
            }
        }
        throw new IllegalArgumentException(filter.column() + " is no filter");
    }
}
