package org.livespan.change;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/**
 * One end of a change as a payload writes it, in ISO 8601 or in the style PostgreSQL prints: {@code 2026-11-23},
 * {@code 2026-11-23T11:30:00.123456Z}, {@code 2026-11-23 11:30:00.123+00}.
 *
 * @param type which of the three types it was written as
 * @param value its column time: UTC if it was written with an offset
 */
public record ChangeDate(DateType type, LocalDateTime value) {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(ISO_LOCAL_TIME)
            .appendPattern("[XXXXX][XXX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** Dates as PostgreSQL prints them also where ISO 8601 ends: infinity, years of five digits, BC. */
    private static final Pattern PRINTED = Pattern.compile("-?infinity|\\d{4,7}-\\d{2}-\\d{2}([ T].*)?( BC)?");

    private static final int FIRST_YEAR = -4_713;
    private static final int LAST_YEAR = 294_276;

    public ChangeDate {
        if (value.getYear() < FIRST_YEAR || value.getYear() > LAST_YEAR) {
            throw new DateTimeException(value + " is outside what PostgreSQL holds");
        }
    }

    /** @throws DateTimeException if the text is none of the forms */
    public static ChangeDate parse(String text) {
        var parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime moment) {
            return new ChangeDate(
                    DateType.TIMESTAMPTZ,
                    moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
        }
        return parsed instanceof LocalDateTime local
                ? new ChangeDate(DateType.TIMESTAMP, local)
                : new ChangeDate(DateType.DATE, ((LocalDate) parsed).atStartOfDay());
    }

    /** Whether it has one of the forms. */
    public static boolean isDate(String text) {
        var position = new ParsePosition(0);
        return FORMAT.parseUnresolved(text, position) != null && position.getIndex() == text.length();
    }

    /** Whether it is a date, although perhaps not one of the forms. */
    public static boolean isPrinted(String text) {
        return PRINTED.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if the two are of different types, or the other one is earlier */
    public Span to(ChangeDate last) {
        if (type != last.type) {
            throw new IllegalArgumentException("FROM and TO are not of one type");
        }
        if (value.isAfter(last.value)) {
            throw new IllegalArgumentException("FROM is after TO");
        }
        return Span.between(value, last.value);
    }
}
