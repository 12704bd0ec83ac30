package org.livespan.wal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.livespan.change.Change;
import org.livespan.change.ChangeDate;
import org.livespan.change.Operation;
import org.livespan.change.RowColumns;
import org.livespan.change.RowKeys;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * What one transaction changed of one table, for feeds that find its rows by the same columns: the dates that the log has, and the
 * keys of rows of which it has no old date. Of too many keys, or where it has neither, any date.
 *
 * <p>Owned by the thread that reads the log.
 */
final class TouchedRows {

    private static final int MOST_KEYS = 1_000;

    /** Of so many rows the dates are read; of more, only which days they have. */
    private static final int MOST_DATES = 4_096;

    private static final int MOST_DAYS = 4_096;

    /** So many spans are told of more dates. */
    private static final int MOST_SPANS = 64;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?!\\d)");
    private static final int DAY_LENGTH = "2026-05-01".length();

    private final String name;
    private final RowColumns columns;
    private final int date;

    /** Whether the old date is in the log although the row's identity is all that it has of the old row. */
    private final boolean datesIdentify;

    private final LoggedKey key;
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<Span> dates = new ArrayList<>();
    private final Set<String> days = new LinkedHashSet<>();
    private DateType type;
    private boolean anyDate;
    private Operation operation;

    /**
     * @param table whose rows they are
     * @param name of the feeds' table, which is that or has it as a part
     */
    TouchedRows(LoggedTable table, String name, RowColumns columns) {
        this.name = name;
        this.columns = columns;
        this.date = table.place(columns.dateColumn());
        this.datesIdentify = date >= 0 && table.columns().get(date).identifies();
        this.key = LoggedKey.of(table, columns.keyColumns());
        this.anyDate = date < 0;
    }

    void inserted(LoggedRow row) {
        add(Operation.INSERT);
        addDate(row);
    }

    void updated(LoggedRow before, LoggedRow after) {
        add(Operation.UPDATE);
        addDate(after);
        if (before != null && !before.isIdentity()) {
            addDate(before);
        } else if (datesIdentify) {
            addDate(before == null ? after : before);
        } else {
            addKey(before == null ? after : before);
        }
    }

    void deleted(LoggedRow row) {
        add(Operation.DELETE);
        if (!row.isIdentity() || datesIdentify) {
            addDate(row);
        } else {
            addKey(row);
        }
    }

    void truncated() {
        add(Operation.TRUNCATE);
        anyDate = true;
    }

    /** Of several operations, none is told. */
    private void add(Operation more) {
        operation =
                operation == null && !anyDate && dates.isEmpty() && keys.isEmpty() || operation == more ? more : null;
    }

    private void addKey(LoggedRow row) {
        Optional<String> json = anyDate || key == null ? Optional.empty() : key.json(row);
        if (json.isEmpty() || keys.size() >= MOST_KEYS) {
            anyDate = true;
        } else {
            keys.add(json.get());
        }
    }

    /** A row whose date is null is in no window. */
    private void addDate(LoggedRow row) {
        if (!anyDate) {
            row.text(date).ifPresent(this::addDate);
        }
    }

    private void addDate(String text) {
        if (dates.size() >= MOST_DATES) {
            addDay(text);
            return;
        }
        try {
            ChangeDate at = ChangeDate.parse(text);
            anyDate |= type != null && type != at.type();
            type = at.type();
            dates.add(at.to(at));
        } catch (DateTimeException e) {
            anyDate = true; // infinity, BC, five digits
        }
    }

    private void addDay(String text) {
        if (days.size() >= MOST_DAYS || !DAY.matcher(text).lookingAt() || text.endsWith("BC")) {
            anyDate = true;
        } else {
            days.add(text.substring(0, DAY_LENGTH));
        }
    }

    /** Of many dates, those of their days, and of the days beside these, as an offset may follow. */
    private SpanSet spans() {
        var all = new ArrayList<>(dates);
        for (String day : days) {
            LocalDateTime begin = LocalDate.parse(day).atStartOfDay();
            all.add(Span.between(begin.minusDays(1), begin.plusDays(2)));
        }
        return all.size() < MOST_DATES ? SpanSet.of(all) : SpanSet.of(all).inAtMost(MOST_SPANS);
    }

    Change change() {
        return anyDate
                ? new Change(operation, name, null, SpanSet.ALL, false, new RowKeys(columns, Set.of()))
                : new Change(operation, name, type, spans(), false, new RowKeys(columns, Set.copyOf(keys)));
    }
}
