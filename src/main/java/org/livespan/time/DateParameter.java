package org.livespan.time;

import java.time.Instant;
import java.time.LocalDate;

/** A date as a user writes it in a request: a whole day, or an exact moment. */
public sealed interface DateParameter {

    /** A whole calendar day; where it begins and ends depends on the zone of the request. */
    record Day(LocalDate date) implements DateParameter {}

    /** An exact moment, to the microsecond. */
    record Moment(Instant instant) implements DateParameter {}

    /**
     * Reads what the user wrote: {@code 2026-11-01}, or {@code 2026-11-01T08:00:00.123456+09:00}, as in ISO 8601.
     *
     * @throws IllegalArgumentException if it is neither form, no date of the calendar, finer than a microsecond, or out of
     *     PostgreSQL's range; the message says which, and what would be right
     */
    static DateParameter parse(String text) {
        return DateParameterFormat.parse(text);
    }
}
