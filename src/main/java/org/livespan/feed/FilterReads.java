package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
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
        return new FilterSql(filters.areAsked() ? filters.columns() : List.of());
    }

    /** The rows of a statement with these parameters. */
    List<Object[]> rows(String sql, List<String> parameters) {
        Query query = snapshot.entities().createNativeQuery(sql);
        bind(query, parameters);
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> (Object[]) row).toList();
    }

    /** Sets the parameters of a statement. */
    static void bind(Query query, List<String> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            query.setParameter(i + 1, parameters.get(i));
        }
    }

    /** See {@link RowValues#of}; the statement has to have been made with the same {@link #sql}. */
    List<Value[]> values(List<Object[]> rows, int first) {
        return rowValues.of(rows, first);
    }

    /** @throws InvalidValueException if a text is no value of its column; nothing more can be read then */
    Selection select(List<Filter> given) {
        return filters.select(given, this::values);
    }

    private Set<Value> values(Filter filter) {
        var found = new HashSet<Value>();
        int column = filters.column(filter);
        for (String text : filter.values()) {
            Value known = filters.values().get(column).known(text);
            found.add(known == null ? parsed(column, text) : known);
        }
        return found;
    }

    private Value parsed(int number, String text) {
        FilterColumn column = filters.columns().get(number);
        if (text.indexOf(NUL) >= 0) {
            throw new InvalidValueException(column.name(), text, column.typeName());
        }
        try {
            var sql = new FilterSql(filters.columns());
            Object[] parsed =
                    rows(sql.parsed(column, List.of(text)), sql.parameters()).get(0);
            return rowValues.add(number, ((Number) parsed[0]).longValue(), (String) parsed[1]);
        } catch (PersistenceException e) {
            if (SqlState.isRefused(e)) {
                throw new InvalidValueException(column.name(), text, column.typeName());
            }
            throw e;
        }
    }

    private List<Boolean> areEqual(int column, List<String> ones, List<String> others) {
        var sql = new FilterSql(filters.columns());
        return rows(sql.compared(filters.columns().get(column), ones, others), sql.parameters()).stream()
                .map(row -> (Boolean) row[0])
                .toList();
    }
}
