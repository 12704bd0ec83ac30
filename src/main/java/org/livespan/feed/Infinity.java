package org.livespan.feed;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/**
 * PostgreSQL's {@code infinity} and {@code -infinity}. Drivers and persistence providers represent them by various times
 * that PostgreSQL cannot store. Here they are the last and the first time of Java, and their names in JSON.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html">PostgreSQL, Date/Time Types, Special
 *     Values</a>
 */
final class Infinity {

    private static final int LAST_YEAR = 294_276;
    private static final int FIRST_YEAR = -4_713;

    private Infinity() {}

    /** The moment in UTC; an infinite one stays as it is. */
    static LocalDateTime utc(OffsetDateTime moment) {
        return isLate(moment.getYear()) || isEarly(moment.getYear())
                ? of(moment.toLocalDateTime())
                : moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** The time; if it is infinite, the last or the first of Java. */
    static LocalDateTime of(LocalDateTime time) {
        if (isLate(time.getYear())) {
            return LocalDateTime.MAX;
        }
        return isEarly(time.getYear()) ? LocalDateTime.MIN : time;
    }

    private static String text(LocalDateTime time, Supplier<String> finite) {
        if (time.equals(LocalDateTime.MAX)) {
            return "infinity";
        }
        return time.equals(LocalDateTime.MIN) ? "-infinity" : finite.get();
    }

    private static boolean isLate(int year) {
        return year > LAST_YEAR;
    }

    private static boolean isEarly(int year) {
        return year < FIRST_YEAR;
    }

    /** A {@code timestamptz} as JSON, in UTC, whatever the server's time zone. */
    static final class OfMoment extends WriteOnly<OffsetDateTime> implements JsonbAdapter<OffsetDateTime, String> {
        @Override
        public String adaptToJson(OffsetDateTime moment) {
            LocalDateTime utc = utc(moment);
            return text(utc, () -> utc.format(ISO_LOCAL_DATE_TIME) + "Z");
        }
    }

    /** A {@code timestamp} as JSON, unchanged. */
    static final class OfTimestamp extends WriteOnly<LocalDateTime> implements JsonbAdapter<LocalDateTime, String> {
        @Override
        public String adaptToJson(LocalDateTime time) {
            return text(of(time), () -> time.format(ISO_LOCAL_DATE_TIME));
        }
    }

    /** A {@code date} as JSON. */
    static final class OfDate extends WriteOnly<LocalDate> implements JsonbAdapter<LocalDate, String> {
        @Override
        public String adaptToJson(LocalDate date) {
            return text(of(date.atStartOfDay()), () -> date.format(ISO_LOCAL_DATE));
        }
    }

    private abstract static class WriteOnly<T> {
        public T adaptFromJson(String text) {
            throw new UnsupportedOperationException("JSON is only written, not read: " + text);
        }
    }
}
