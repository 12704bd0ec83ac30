package org.livespan.change;

import java.util.Objects;
import java.util.Set;
import org.livespan.time.DateType;
import org.livespan.time.SpanSet;

/**
 * One committed statement on a watched table: its operation, and the range of the old and the new dates of its rows.
 *
 * <p>Fired as a CDI event, synchronously and in commit order, on the listening thread: an observer has to hand over to a
 * thread of its own and return.
 *
 * @param operation what the statement did; null if unknown
 * @param table {@code schema.table}, or a table's bare name, as the trigger sent it; null for any table
 * @param type the type of the dates; null if they are all of time
 * @param spans the dates, in {@linkplain org.livespan.time.ColumnTime column time} of that type
 * @param notified whether a notification said so, which any role that may connect can send; false if Livespan found it out
 *     by itself
 * @param rows those whose old dates are not among the spans; null if there are none
 */
public record Change(Operation operation, String table, DateType type, SpanSet spans, boolean notified, RowKeys rows) {

    /** Something may have been missed: anything may have changed. */
    public static final Change ANYTHING = new Change(null, null, null, SpanSet.ALL, false);

    /** A notification that cannot be read: it may have meant anything. */
    public static final Change UNREADABLE = new Change(null, null, null, SpanSet.ALL);

    /** Between a day or a local time in one zone and a column's value in another there is never more than this. */
    private static final int DAYS_BETWEEN_ZONES = 2;

    public Change {
        Objects.requireNonNull(spans, "spans");
        if (type == null && !spans.equals(SpanSet.ALL) && !spans.isEmpty()) {
            throw new IllegalArgumentException("spans of dates need the type they are of");
        }
    }

    /** As a notification tells. */
    public Change(Operation operation, String table, DateType type, SpanSet spans) {
        this(operation, table, type, spans, true, null);
    }

    /** Without rows that are known by their keys only. */
    public Change(Operation operation, String table, DateType type, SpanSet spans, boolean notified) {
        this(operation, table, type, spans, notified, null);
    }

    /** It was seen that any row of this table may have changed, although no notification came. */
    public static Change seen(String table) {
        return new Change(null, Objects.requireNonNull(table, "table"), null, SpanSet.ALL, false);
    }

    /** Any row of this table may have changed. */
    public static Change anyDate(Operation operation, String table) {
        return new Change(operation, Objects.requireNonNull(table, "table"), null, SpanSet.ALL);
    }

    /** Whether this may concern any table: something was missed, or could not be read. */
    public boolean isOfAnyTable() {
        return table == null;
    }

    /** Whether it was made for feeds that find rows by these columns; another one tells the others. */
    public boolean isFor(RowColumns columns) {
        return rows == null || rows.columns().equals(columns);
    }

    /** The keys of the rows whose old dates are not known. */
    public Set<String> keys() {
        return rows == null ? Set.of() : rows.keys();
    }

    /** Whether this may concern a table, given by its schema and its name. */
    public boolean touches(String schema, String name) {
        return isOfAnyTable() || table.equals(schema + "." + name) || table.equals(name);
    }

    /**
     * The dates as a column of the given type holds them. If the trigger sent a type other than the column's, the time zone
     * between them is unknown and each span is widened: better read once too often than missed.
     */
    public SpanSet spansFor(DateType column) {
        return type == null || type == column ? spans : spans.widenedBy(DAYS_BETWEEN_ZONES);
    }
}
