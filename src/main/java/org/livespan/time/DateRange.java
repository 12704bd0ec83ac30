package org.livespan.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.livespan.time.DateParameter.Day;
import org.livespan.time.DateParameter.Moment;

/**
 * The range that a client asks for: from one date to another, both inclusive and optional.
 *
 * @param start the first day or moment; empty for no lower bound
 * @param end the last day or moment; empty for no upper bound
 * @param zone the time zone of whole days
 */
public record DateRange(Optional<DateParameter> start, Optional<DateParameter> end, ZoneId zone) {

    /** The time zone of whole days, and of the local times in columns, unless {@code livespan.zone} is set. */
    public static final String DEFAULT_ZONE = "UTC";

    /**
     * The same range in column time.
     *
     * @param type the column's type
     * @param columnZone the time zone of a {@code timestamp} column
     * @throws IllegalArgumentException if the start is after the end
     */
    public Span in(DateType type, ZoneId columnZone) {
        requireOrder();
        var from = start.map(date -> switch (type) {
            case TIMESTAMPTZ -> utc(first(date));
            case TIMESTAMP -> LocalTimes.firstNotBefore(first(date), columnZone);
            case DATE -> day(date);
        });
        var to = end.map(date -> switch (type) {
            case TIMESTAMPTZ -> utc(last(date));
            case TIMESTAMP -> LocalTimes.lastNotAfter(last(date), columnZone);
            case DATE -> day(date);
        });
        return Span.between(from.orElse(null), to.orElse(null));
    }

    private void requireOrder() {
        if (start.isPresent() && end.isPresent() && isAfter(start.get(), end.get())) {
            throw new IllegalArgumentException("startDate is after endDate. Swap them, or omit one.");
        }
    }

    /** Days are compared as days, so that one that a time zone skips is not after itself. */
    private boolean isAfter(DateParameter one, DateParameter other) {
        return one instanceof Day from && other instanceof Day to
                ? from.date().isAfter(to.date())
                : first(one).isAfter(last(other));
    }

    private Instant first(DateParameter date) {
        return date instanceof Day day ? day.date().atStartOfDay(zone).toInstant() : ((Moment) date).instant();
    }

    /** A day lasts until the microsecond before the next one begins, however many hours it has. */
    private Instant last(DateParameter date) {
        return date instanceof Day day
                ? day.date().plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS)
                : ((Moment) date).instant();
    }

    private LocalDateTime day(DateParameter date) {
        return date instanceof Day day
                ? day.date().atStartOfDay()
                : LocalDateTime.ofInstant(((Moment) date).instant(), zone).truncatedTo(ChronoUnit.DAYS);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
