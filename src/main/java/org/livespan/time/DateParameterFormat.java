package org.livespan.time;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import org.livespan.time.DateParameter.Day;
import org.livespan.time.DateParameter.Moment;

/** The two ISO 8601 forms of a date in a request, and the messages for everything else. */
final class DateParameterFormat {

    /** The range of PostgreSQL's timestamps, less a year at either end, so that it holds in every time zone. */
    private static final LocalDate FIRST_DAY = LocalDate.of(-4711, 1, 1);

    private static final LocalDate LAST_DAY = LocalDate.of(294_275, 12, 31);

    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(ISO_LOCAL_DATE_TIME)
            .appendOffset("+HH:mm", "Z")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** A plus that was not escaped in the URL arrives as a space, which can mean nothing else here. */
    private static final Pattern UNESCAPED_PLUS = Pattern.compile(" (\\d{2}(:\\d{2})?)$");

    private DateParameterFormat() {}

    static DateParameter parse(String text) {
        try {
            return text.indexOf('T') < 0 ? day(text) : moment(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text)
                            + " is not a date. Use a date such as 2026-11-01, or a date-time with an offset such as"
                            + " 2026-11-01T08:00:00Z.",
                    e);
        }
    }

    private static Day day(String text) {
        return new Day(inRange(LocalDate.parse(text, ISO_LOCAL_DATE), text));
    }

    private static Moment moment(String text) {
        String escaped = UNESCAPED_PLUS.matcher(text).replaceFirst("+$1");
        OffsetDateTime moment = OffsetDateTime.parse(escaped, MOMENT);
        inRange(moment.toLocalDate(), text);
        if (moment.getNano() % 1_000 != 0) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is more precise than a microsecond. Use at most six fractional digits.");
        }
        return new Moment(moment.toInstant());
    }

    private static LocalDate inRange(LocalDate date, String text) {
        if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException(Quoted.of(text) + " is outside PostgreSQL's range, " + FIRST_DAY + " to "
                    + LAST_DAY + ". Omit the parameter for a range that is open on that side.");
        }
        return date;
    }
}
