package org.livespan.feed;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * A span in PostgreSQL's syntax: the first and the last value of a date column in it, as text.
 *
 * <p>As text, because the conversion of Java dates by drivers and persistence providers depends on the time zone of the JVM
 * and, before 1582, on its calendar. Without colons, which persistence providers take for parameters.
 *
 * @param first empty if the span has no lower bound
 * @param last empty if the span has no upper bound
 */
record DateBounds(Optional<String> first, Optional<String> last) {

    private static final long MICROS_A_DAY = 86_400_000_000L;

    /** The range of PostgreSQL's timestamps; its dates begin on the same day. */
    private static final long EARLIEST = ColumnTime.of(LocalDateTime.of(-4713, 11, 24, 0, 0));

    private static final long LATEST = ColumnTime.of(LocalDateTime.of(294_276, 12, 31, 23, 59, 59, 999_999_000));

    /** Dates reach further than column time, in which all days after this one are infinity. */
    private static final long LATEST_DAY = Math.floorDiv(ColumnTime.INFINITY, MICROS_A_DAY) * MICROS_A_DAY;

    private static final String DAY_AFTER_LATEST = "294277-01-10";

    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 6, SignStyle.NORMAL)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DAY)
            .appendPattern(" HHmmss.SSSSSS")
            .toFormatter(Locale.ROOT);

    /** Empty if the span contains no value of such a column. */
    static Optional<DateBounds> of(Span span, DateType type) {
        long first = firstFrom(span.start(), type);
        long last = lastUntil(span.end(), type);
        return first > last
                ? Optional.empty()
                : Optional.of(new DateBounds(
                        first == ColumnTime.MINUS_INFINITY ? Optional.empty() : Optional.of(text(first, type)),
                        last == ColumnTime.INFINITY ? Optional.empty() : Optional.of(text(last, type))));
    }

    private static long firstFrom(long time, DateType type) {
        if (time > latest(type)) {
            return ColumnTime.INFINITY;
        }
        if (time < EARLIEST) {
            return time == ColumnTime.MINUS_INFINITY ? time : EARLIEST;
        }
        return type == DateType.DATE ? -Math.floorDiv(-time, MICROS_A_DAY) * MICROS_A_DAY : time;
    }

    private static long lastUntil(long time, DateType type) {
        if (time < EARLIEST) {
            return ColumnTime.MINUS_INFINITY;
        }
        if (time > latest(type)) {
            return time == ColumnTime.INFINITY ? time : latest(type);
        }
        return type == DateType.DATE ? Math.floorDiv(time, MICROS_A_DAY) * MICROS_A_DAY : time;
    }

    private static long latest(DateType type) {
        return type == DateType.DATE ? LATEST_DAY : LATEST;
    }

    private static String text(long columnTime, DateType type) {
        if (columnTime == ColumnTime.MINUS_INFINITY) {
            return "-infinity";
        }
        if (columnTime == ColumnTime.INFINITY) {
            return type == DateType.DATE ? DAY_AFTER_LATEST : "infinity";
        }
        LocalDateTime time = ColumnTime.toLocalDateTime(columnTime);
        String era = time.getYear() < 1 ? " BC" : "";
        return switch (type) {
            case TIMESTAMPTZ -> time.format(TIME) + "+00" + era;
            case TIMESTAMP -> time.format(TIME) + era;
            case DATE -> time.format(DAY) + era;
        };
    }
}
