package org.livespan.feed;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * The statement that reads spans of a table: for each row its date in {@linkplain org.livespan.time.ColumnTime column
 * time}, its key and all of it as JSON, in the order of (date, key).
 *
 * <p>All names in it are qualified, so that no other function or operator can take the place of PostgreSQL's own. Its only
 * parameters are values of filters, and it has nothing else that a persistence provider would take for one. Because the bounds are constants, they are parsed
 * once and not for every row, and the planner knows which part of the table they select.
 *
 * @param table the table or view
 * @param dateColumn its date column, of type {@code dateType} or a domain over it
 * @param key its key columns
 * @param lockable whether {@code lock table} accepts it: an ordinary or partitioned table, or a view
 */
record TableQuery(TableName table, String dateColumn, DateType dateType, List<String> key, boolean lockable) {

    static final String ROW = "livespan_row";

    /** More conditions than these would take the planner longer than reading the rows; then a multirange is used. */
    private static final int MOST_CONDITIONS = 100;

    private static final Map<DateType, String> MULTIRANGES = Map.of(
            DateType.TIMESTAMPTZ, "tstzmultirange",
            DateType.TIMESTAMP, "tsmultirange",
            DateType.DATE, "datemultirange");

    /**
     * The inner query renders each row once; the outer one removes line breaks and keeps the order.
     *
     * @param any the rows to read
     * @param filters gets the parameters
     */
    String sql(List<SelectedSpans> any, FilterSql filters, int limit) {
        return "select row_date, " + oneLine("row_key") + ", " + oneLine("row_json") + filters.valueNames()
                + " from (select " + columnTime() + " as row_date, " + text(keyJson()) + " as row_key, "
                + text(rowJson()) + " as row_json" + filters.values(ROW) + from(any, filters)
                + order() + " limit " + limit + ") as livespan_rows";
    }

    /**
     * Other columns of the same rows. Rows with the same date and key are in the order of their values, so that two such
     * statements return them in the same order.
     *
     * @param columns of the row {@link #ROW}, separated by commas
     * @param filters gets the parameters
     */
    String sql(String columns, List<SelectedSpans> any, FilterSql filters, int limit) {
        return "select " + columns + from(any, filters) + order() + filters.order(ROW) + " limit " + limit;
    }

    private String order() {
        return " order by "
                + Stream.concat(Stream.of(dateColumn), key.stream())
                        .map(TableQuery::column)
                        .collect(joining(", "));
    }

    /**
     * The four places of the rows' {@link Digest}, each a sum that has not overflown, as text; null without rows.
     *
     * @param spans of whose rows, the earliest first
     */
    String digestSql(List<Span> spans) {
        String sums = IntStream.range(0, Digest.PLACES)
                .mapToObj(place -> "cast(pg_catalog.sum(cast(substring(sha from " + (place * Long.SIZE + 1) + " for "
                        + Long.SIZE + ") as bigint)) as pg_catalog.text)")
                .collect(joining(", "));
        // Offset 0 keeps the planner from evaluating the inner query once for each place
        return "select " + sums + " from (select cast(pg_catalog.concat('x', pg_catalog.encode(pg_catalog.sha256("
                + "pg_catalog.convert_to(" + oneLine("row_json") + ", 'UTF8')), 'hex')) as bit("
                + Digest.PLACES * Long.SIZE + ")) as sha from (select " + text(rowJson()) + " as row_json"
                + from(where(spans))
                + " offset 0) as livespan_rows offset 0) as livespan_digests";
    }

    private String from(List<SelectedSpans> any, FilterSql filters) {
        return from(any.stream()
                .map(some -> "(" + where(some.spans().spans()) + ")" + filters.and(ROW, some.selection()))
                .collect(joining(" or ")));
    }

    private String from(String where) {
        return " from " + SqlNames.quoted(table) + " as " + ROW + " where " + where;
    }

    /** With the asterisk it means the row even if a column has this name. */
    private static String rowJson() {
        return "pg_catalog.row_to_json(" + ROW + ".*)";
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
        return within(all) + " and cast(" + column(dateColumn) + " as " + typeName() + ") operator(pg_catalog.<@) "
                + multirange(bounds);
    }

    private String within(DateBounds bounds) {
        String date = column(dateColumn);
        String conditions = Stream.concat(
                        bounds.first().map(first -> date + " operator(pg_catalog.>=) " + constant(first)).stream(),
                        bounds.last().map(last -> date + " operator(pg_catalog.<=) " + constant(last)).stream())
                .collect(joining(" and "));
        return conditions.isEmpty() ? date + " is not null" : conditions;
    }

    /** In a subquery, so that it is parsed once and not for every row. Hibernate would take its braces for an alias. */
    private String multirange(List<DateBounds> bounds) {
        String ranges = bounds.stream()
                .map(span -> "[" + span.first().orElse("") + "," + span.last().orElse("") + "]")
                .collect(joining(","));
        return "(select cast(pg_catalog.concat(pg_catalog.chr(123), '" + ranges
                + "', pg_catalog.chr(125)) as pg_catalog." + MULTIRANGES.get(dateType) + "))";
    }

    private String constant(String value) {
        return "cast('" + value + "' as " + typeName() + ")";
    }

    private String typeName() {
        return "pg_catalog." + dateType.name().toLowerCase(Locale.ROOT);
    }

    /** Computed as numeric from a difference, because the epoch of a date in far years is rounded. */
    private String columnTime() {
        String date = column(dateColumn);
        String epoch = constant(dateType == DateType.TIMESTAMPTZ ? "2000-01-01 UTC" : "2000-01-01");
        String difference = "(" + date + " operator(pg_catalog.-) " + epoch + ")";
        String micros = dateType == DateType.DATE
                ? "least(cast(" + difference + " as numeric) operator(pg_catalog.*) 86400000000, " + Long.MAX_VALUE
                        + ")"
                : "extract(epoch from " + difference + ") operator(pg_catalog.*) 1000000";
        return "cast(case when pg_catalog.isfinite(" + date + ") then " + micros + " when " + date
                + " operator(pg_catalog.>) " + epoch + " then " + Long.MAX_VALUE + " else " + Long.MIN_VALUE
                + " end as bigint)";
    }

    private String keyJson() {
        return key.size() == 1
                ? "coalesce(pg_catalog.to_json(" + column(key.get(0)) + "), cast('null' as pg_catalog.json))"
                : key.stream().map(TableQuery::column).collect(joining(", ", "pg_catalog.json_build_array(", ")"));
    }

    /**
     * A json column keeps its line breaks. In strings they are escaped, so the others are mere white space. They are
     * searched for first, because replacing takes as long as rendering the row, even if there are none.
     */
    private static String oneLine(String json) {
        return "case when " + contains(json, 10) + " or " + contains(json, 13) + " then pg_catalog.translate(" + json
                + ", pg_catalog.concat(pg_catalog.chr(10), pg_catalog.chr(13)), '  ') else " + json + " end";
    }

    private static String contains(String text, int character) {
        return "pg_catalog.strpos(" + text + ", pg_catalog.chr(" + character + ")) operator(pg_catalog.>) 0";
    }

    private static String text(String json) {
        return "cast(" + json + " as pg_catalog.text)";
    }

    private static String column(String name) {
        return ROW + "." + SqlNames.quoted(name);
    }
}
