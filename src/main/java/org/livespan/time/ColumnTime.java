package org.livespan.time;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.LocalDateTime;

/**
 * Column time: the value of a date column as PostgreSQL stores it, in microseconds since 1 January 2000, with infinity as the
 * greatest and the least {@code long}.
 *
 * <p>It is UTC for a {@code timestamptz}, local time for a {@code timestamp}, midnights for a {@code date}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html">PostgreSQL, Date/Time Types</a>
 */
public final class ColumnTime {

    /** {@code infinity}: after every time. */
    public static final long INFINITY = Long.MAX_VALUE;

    /** {@code -infinity}: before every time. */
    public static final long MINUS_INFINITY = Long.MIN_VALUE;

    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final int LAST_YEAR = 294_276;
    private static final int FIRST_YEAR = -4_713;

    private ColumnTime() {}

    /** The time in microseconds. Drivers represent infinity by a time that PostgreSQL cannot store. */
    public static long of(LocalDateTime time) {
        if (time.getYear() > LAST_YEAR) {
            return INFINITY;
        }
        return time.getYear() < FIRST_YEAR ? MINUS_INFINITY : MICROS.between(EPOCH, time);
    }

    /** @throws IllegalArgumentException if the time is infinite */
    public static LocalDateTime toLocalDateTime(long columnTime) {
        if (columnTime == INFINITY || columnTime == MINUS_INFINITY) {
            throw new IllegalArgumentException("infinity is not a date");
        }
        return EPOCH.plus(columnTime, MICROS);
    }
}
