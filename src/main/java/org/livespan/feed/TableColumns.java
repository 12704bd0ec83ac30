package org.livespan.feed;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.livespan.time.DateType;

/**
 * The columns of a table, checked against the settings of a feed.
 *
 * @param columns each column by its name, in the table's order
 * @param user the database user who reads them
 */
record TableColumns(Map<String, Column> columns, String user) {

    private static final Map<String, DateType> DATE_TYPES = Map.of(
            "timestamp with time zone", DateType.TIMESTAMPTZ,
            "timestamp without time zone", DateType.TIMESTAMP,
            "date", DateType.DATE);

    /**
     * One column.
     *
     * @param type the name of its type
     * @param readable whether the user may read it
     * @param ordered whether its values have an order
     */
    record Column(String type, boolean readable, boolean ordered) {

        boolean isDate() {
            return DATE_TYPES.containsKey(type);
        }
    }

    /** @param rows of {@link TableCatalogue#COLUMNS}, at least one */
    static TableColumns of(List<?> rows) {
        var columns = new LinkedHashMap<String, Column>();
        String user = "";
        for (Object row : rows) {
            var values = (Object[]) row;
            columns.put((String) values[0], new Column((String) values[1], (boolean) values[2], (boolean) values[3]));
            user = (String) values[4];
        }
        return new TableColumns(columns, user);
    }

    /**
     * The type of the feed's date column.
     *
     * @throws UnreadableTableException if its type is not supported, or the feed cannot be read for another reason
     */
    DateType dateType(FeedSettings feed) {
        requireRight(feed.table());
        feed.key()
                .forEach(column -> require(column, "key", Column::ordered, "a column whose type can be sorted", feed));
        require(
                feed.dateColumn(),
                "date-column",
                Column::isDate,
                "a column of type date, timestamp or timestamptz",
                feed);
        return DATE_TYPES.get(columns.get(feed.dateColumn()).type());
    }

    private void requireRight(TableName table) {
        if (!columns.values().stream().allMatch(Column::readable)) {
            String name = SqlNames.written(table);
            String to = " to " + SqlNames.written(user) + ";";
            throw new UnreadableTableException(
                    SqlNames.written(user) + " may not read " + name + ". Run: grant usage on schema "
                            + SqlNames.written(table.schema()) + to + " grant select on " + name + to,
                    true);
        }
    }

    private void require(String column, String setting, Predicate<Column> fit, String wanted, FeedSettings feed) {
        String table = SqlNames.written(feed.table());
        String fix = ". Set " + feed.setting(setting) + " to ";
        if (!columns.containsKey(column)) {
            throw new UnreadableTableException(
                    table + " has no column " + SqlNames.written(column) + fix + wanted + ": " + names(fit) + ".");
        }
        if (!fit.test(columns.get(column))) {
            throw new UnreadableTableException("column " + SqlNames.written(column) + " of " + table + " is of type "
                    + columns.get(column).type() + fix + wanted + ": " + names(fit) + ".");
        }
    }

    private String names(Predicate<Column> fit) {
        String names = columns.keySet().stream()
                .filter(name -> fit.test(columns.get(name)))
                .map(SqlNames::written)
                .collect(joining(", "));
        return names.isEmpty() ? "this table has none" : names;
    }
}
