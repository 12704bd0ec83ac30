package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the database about values of a feed's filter columns, within a snapshot. Used by one thread. */
final class FilterReads {

    private static final char NUL = 0;

    private final Filters filters;
    private final DatabaseSnapshot snapshot;
    private final RowValues rowValues;

    FilterReads(Filters filters, DatabaseSnapshot snapshot) {
        this.filters = filters;
        this.snapshot = snapshot;
        this.rowValues = new RowValues(filters.values(), this::areEqual);
    }

    Filters filters() {
        return filters;
    }

    /**
     * The filter columns' part of a statement that reads these selections.
     *
     * @throws FeedAlteredException if they mean nothing any more
     */
    FilterSql sql(String feed, List<SelectedSpans> any) {
        if (!filters.areOf(any)) {
            throw new FeedAlteredException(feed);
        }
        return new FilterSql(areNeeded(any) ? filters.columns() : List.of());
    }

    /** Whether values of rows have to be read: because of these selections, or of others that a row may be in. */
    boolean areNeeded(List<SelectedSpans> any) {
        return filters.areAsked()
                || !any.stream().allMatch(one -> one.selection().isAll());
    }

    /** See {@link RowValues#of}; the statement has to have been made with the same {@link #sql}. */
    List<Value[]> values(List<Object[]> rows, int first) {
        return rowValues.of(rows, first);
    }

    /**
     * The rows that meet all of these.
     *
     * @throws InvalidValueException if a text is no value of its column; nothing more can be read then
     */
    Selection select(List<Filter> given) {
        var selection = Selection.ALL;
        for (Filter filter : given) {
            selection = filters.and(selection, filters.column(filter), filter, values(filter));
        }
        return selection;
    }

    private Set<Value> values(Filter filter) {
        int column = filters.column(filter);
        var found = new HashSet<Value>();
        var unknown = new ArrayList<String>();
        for (String text : filter.values()) {
            Value known = filters.values().get(column).known(text);
            if (known == null) {
                unknown.add(text);
            } else {
                found.add(known);
            }
        }
        if (!unknown.isEmpty()) {
            found.addAll(parsed(column, unknown));
        }
        return found;
    }

    private List<Value> parsed(int number, List<String> texts) {
        FilterColumn column = filters.columns().get(number);
        if (texts.stream().anyMatch(text -> text.indexOf(NUL) >= 0)) {
            throw new InvalidValueException(column, texts);
        }
        try {
            var sql = new FilterSql(filters.columns());
            return snapshot.rows(sql.parsed(column, texts), sql.parameters()).stream()
                    .map(row -> rowValues.add(number, ((Number) row[0]).longValue(), (String) row[1]))
                    .toList();
        } catch (PersistenceException e) {
            if (SqlState.isRefused(e)) {
                throw new InvalidValueException(column, texts);
            }
            throw e;
        }
    }

    private List<Boolean> areEqual(int column, List<String> ones, List<String> others) {
        var sql = new FilterSql(filters.columns());
        return snapshot.rows(sql.compared(filters.columns().get(column), ones, others), sql.parameters()).stream()
                .map(row -> (Boolean) row[0])
                .toList();
    }
}
