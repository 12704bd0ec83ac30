package org.livespan.feed;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * The statement that reads spans of a table: for each row its date in {@linkplain org.livespan.time.ColumnTime column
 * time}, its key and all of it as JSON, in the order of (date, key).
 *
 * <p>It has no parameters, and nothing that a persistence provider would take for one. As constants, the bounds are read
 * once and not for every row, and the planner knows which part of the table they are.
 *
 * @param table the table or view
 * @param dateColumn its date column, of type {@code dateType} or a domain over it
 * @param key the columns that tell its rows apart
 * @param lockable whether {@code lock table} takes it: an ordinary or partitioned table, or a view
 */
record TableQuery(TableName table, String dateColumn, DateType dateType, List<String> key, boolean lockable) {

    /** More than these take the planner longer than the rows; then it is told where all of them lie. */
    private static final int MOST_CONDITIONS = 100;

    private static final Map<DateType, String> MULTIRANGES = Map.of(
            DateType.TIMESTAMPTZ, "tstzmultirange",
            DateType.TIMESTAMP, "tsmultirange",
            DateType.DATE, "datemultirange");

    /** @param spans whose rows to read, the earliest first */
    String sql(List<Span> spans, int limit) {
        return "select " + columnTime() + " as row_date, " + oneLine(keyJson()) + " as row_key, "
                // With the asterisk it is the row even if a column is called so too
                + oneLine("row_to_json(livespan_row.*)") + " as row_json"
                + " from " + SqlNames.quoted(table) + " as livespan_row"
                + " where " + where(spans)
                + " order by "
                + Stream.concat(Stream.of(dateColumn), key.stream())
                        .map(TableQuery::column)
                        .collect(joining(", "))
                + " limit " + limit;
    }

    private String where(List<Span> spans) {
        List<DateBounds> bounds = spans.stream()
                .flatMap(span -> DateBounds.of(span, dateType).stream())
                .toList();
        if (bounds.isEmpty()) {
            return "false";
        }
        if (bounds.size() <= MOST_CONDITIONS) {
            return bounds.stream().map(this::within).collect(joining(") or (", "(", ")"));
        }
        var all = new DateBounds(
                bounds.get(0).first(), bounds.get(bounds.size() - 1).last());
        return within(all) + " and cast(" + column(dateColumn) + " as " + typeName() + ") <@ " + multirange(bounds);
    }

    private String within(DateBounds bounds) {
        String date = column(dateColumn);
        String conditions = Stream.concat(
                        bounds.first().map(first -> date + " >= " + constant(first)).stream(),
                        bounds.last().map(last -> date + " <= " + constant(last)).stream())
                .collect(joining(" and "));
        return conditions.isEmpty() ? date + " is not null" : conditions;
    }

    /** Selected, so that it is read once and not for every row. Its braces would be an alias to Hibernate. */
    private String multirange(List<DateBounds> bounds) {
        String ranges = bounds.stream()
                .map(span -> "[" + span.first().orElse("") + "," + span.last().orElse("") + "]")
                .collect(joining(","));
        return "(select cast(concat(chr(123), '" + ranges + "', chr(125)) as " + MULTIRANGES.get(dateType) + "))";
    }

    private String constant(String value) {
        return "cast('" + value + "' as " + typeName() + ")";
    }

    private String typeName() {
        return dateType.name().toLowerCase(Locale.ROOT);
    }

    /** In numeric and from a difference, not from the date itself, whose epoch is rounded in far years. */
    private String columnTime() {
        String date = column(dateColumn);
        String epoch = constant(dateType == DateType.TIMESTAMPTZ ? "2000-01-01 UTC" : "2000-01-01");
        String micros = dateType == DateType.DATE
                ? "least(cast(" + date + " - " + epoch + " as numeric) * 86400000000, " + Long.MAX_VALUE + ")"
                : "extract(epoch from " + date + " - " + epoch + ") * 1000000";
        return "cast(case when isfinite(" + date + ") then " + micros + " when " + date + " > " + epoch + " then "
                + Long.MAX_VALUE + " else " + Long.MIN_VALUE + " end as bigint)";
    }

    private String keyJson() {
        return key.size() == 1
                ? "coalesce(to_json(" + column(key.get(0)) + "), cast('null' as json))"
                : key.stream().map(TableQuery::column).collect(joining(", ", "json_build_array(", ")"));
    }

    /** A json column keeps its line breaks; as strings hold them escaped, those that are left are mere white space. */
    private static String oneLine(String json) {
        return "translate(cast(" + json + " as text), concat(chr(10), chr(13)), '  ')";
    }

    private static String column(String name) {
        return "livespan_row." + SqlNames.quoted(name);
    }
}
