package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.livespan.time.DateType.DATE;
import static org.livespan.time.DateType.TIMESTAMP;
import static org.livespan.time.DateType.TIMESTAMPTZ;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client's dates mean for a column of each type, also on days when the clocks change. */
class DateRangeTest {

    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2026-11-23, UTC,               2026-11-23T00:00, 2026-11-23T23:59:59.999999",
        "2024-02-29, UTC,               2024-02-29T00:00, 2024-02-29T23:59:59.999999",
        "2026-11-23, Europe/Berlin,     2026-11-22T23:00, 2026-11-23T22:59:59.999999",
        "2026-11-23, Asia/Kathmandu,    2026-11-22T18:15, 2026-11-23T18:14:59.999999",
        "2026-11-23, Pacific/Apia,      2026-11-22T11:00, 2026-11-23T10:59:59.999999",
        "2026-11-23, Pacific/Honolulu,  2026-11-23T10:00, 2026-11-24T09:59:59.999999"
    })
    void a_day_ends_a_microsecond_before_the_next_begins_in_its_zone(
            String day, String zone, LocalDateTime start, LocalDateTime end) {
        assertThat(day(day, zone).in(TIMESTAMPTZ, UTC)).isEqualTo(Span.between(start, end));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2026-03-29, Europe/Berlin,       2026-03-28T23:00, 2026-03-29T21:59:59.999999, PT23H",
        "2026-10-25, Europe/Berlin,       2026-10-24T22:00, 2026-10-25T22:59:59.999999, PT25H",
        "2026-04-05, Australia/Lord_Howe, 2026-04-04T13:00, 2026-04-05T13:29:59.999999, PT24H30M"
    })
    void a_day_on_which_the_clocks_change_is_shorter_or_longer(
            String day, String zone, LocalDateTime start, LocalDateTime end, Duration length) {
        Span span = day(day, zone).in(TIMESTAMPTZ, UTC);
        assertThat(span).isEqualTo(Span.between(start, end));
        assertThat(Duration.of(span.end() - span.start() + 1, ChronoUnit.MICROS))
                .isEqualTo(length);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2018-11-03, America/Sao_Paulo, 2018-11-03T03:00, 2018-11-04T02:59:59.999999",
        "2018-11-04, America/Sao_Paulo, 2018-11-04T03:00, 2018-11-05T01:59:59.999999",
        "2022-03-27, Asia/Beirut,       2022-03-26T22:00, 2022-03-27T20:59:59.999999"
    })
    void a_day_whose_midnight_does_not_exist_begins_when_the_clocks_are_set_forward(
            String day, String zone, LocalDateTime start, LocalDateTime end) {
        assertThat(day(day, zone).in(TIMESTAMPTZ, UTC)).isEqualTo(Span.between(start, end));
    }

    @Test
    void a_day_whose_midnight_occurs_twice_begins_at_the_first() {
        assertThat(day("2026-11-01", "America/Havana").in(TIMESTAMPTZ, UTC))
                .isEqualTo(span("2026-11-01T04:00", "2026-11-02T04:59:59.999999"));
        assertThat(day("2026-10-31", "America/Havana").in(TIMESTAMPTZ, UTC))
                .isEqualTo(span("2026-10-31T04:00", "2026-11-01T03:59:59.999999"));
    }

    @Test
    void the_days_around_a_skipped_day_meet_and_the_skipped_day_adds_nothing() {
        assertThat(day("2011-12-29", "Pacific/Apia").in(TIMESTAMPTZ, UTC).end())
                .isEqualTo(ColumnTime.of(time("2011-12-30T09:59:59.999999")));
        assertThat(day("2011-12-31", "Pacific/Apia").in(TIMESTAMPTZ, UTC).start())
                .isEqualTo(ColumnTime.of(time("2011-12-30T10:00")));
        assertThat(range("2011-12-29", "2011-12-30", "Pacific/Apia").in(TIMESTAMPTZ, UTC))
                .isEqualTo(day("2011-12-29", "Pacific/Apia").in(TIMESTAMPTZ, UTC));
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void an_omitted_side_is_open(DateType type) {
        assertThat(range(null, null, "UTC").in(type, UTC)).isEqualTo(Span.ANY);
        assertThat(range("2026-11-23", null, "UTC").in(type, UTC))
                .isEqualTo(Span.between(LocalDateTime.parse("2026-11-23T00:00"), null));
        assertThat(range(null, "2026-11-23", "UTC").in(type, UTC).isOpenAtStart())
                .isTrue();
    }

    @Test
    void a_moment_is_exact_whatever_the_zone_of_the_request() {
        assertThat(range("2026-11-01T08:00:00.000001+09:00", "2026-11-01T08:00:00Z", "Pacific/Apia")
                        .in(TIMESTAMPTZ, BERLIN))
                .isEqualTo(span("2026-10-31T23:00:00.000001", "2026-11-01T08:00"));
    }

    @Test
    void a_day_and_a_moment_may_be_mixed() {
        assertThat(range("2026-11-01", "2026-11-01T08:00:00Z", "Europe/Berlin").in(TIMESTAMPTZ, UTC))
                .isEqualTo(span("2026-10-31T23:00", "2026-11-01T08:00"));
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void a_start_equal_to_the_end_is_one_day_or_one_moment(DateType type) {
        assertThat(day("2026-11-01", "UTC").in(type, UTC).start()).isEqualTo(ColumnTime.of(time("2026-11-01T00:00")));
        LocalDateTime moment = type == DATE ? time("2026-11-01T00:00") : time("2026-11-01T08:00");
        assertThat(range("2026-11-01T08:00:00Z", "2026-11-01T08:00:00Z", "UTC").in(type, UTC))
                .isEqualTo(Span.between(moment, moment));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02, 2026-11-01",
        "2026-11-02, 2026-11-01T23:59:59.999999Z",
        "2026-11-01T08:00:00.000001Z, 2026-11-01T08:00:00Z",
        "2026-11-01T08:00:00Z, 2026-11-01T08:00:00+01:00",
        "2026-11-02T00:00:00Z, 2026-11-01"
    })
    void a_start_after_the_end_is_refused_for_every_type(String start, String end) {
        for (DateType type : DateType.values()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> range(start, end, "UTC").in(type, UTC))
                    .withMessageContaining("startDate is after endDate");
        }
    }

    @Test
    void a_timestamp_column_holds_local_times_in_its_own_zone() {
        assertThat(range("2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z", "UTC").in(TIMESTAMP, BERLIN))
                .isEqualTo(span("2026-11-01T09:00", "2026-11-01T10:00"));
        assertThat(day("2026-11-23", "Asia/Tokyo").in(TIMESTAMP, BERLIN))
                .isEqualTo(span("2026-11-22T16:00", "2026-11-23T15:59:59.999999"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2026-11-23, Europe/Berlin",
        "2026-03-29, Europe/Berlin",
        "2026-10-25, Europe/Berlin",
        "2018-11-04, America/Sao_Paulo",
        "2018-11-03, America/Sao_Paulo",
        "2022-03-27, Asia/Beirut",
        "2026-11-01, America/Havana"
    })
    void a_day_in_the_columns_own_zone_is_that_calendar_day_even_if_the_clocks_change(String day, String zone) {
        assertThat(day(day, zone).in(TIMESTAMP, ZoneId.of(zone)))
                .isEqualTo(span(day + "T00:00", day + "T23:59:59.999999"));
    }

    @Test
    void a_date_column_is_compared_by_calendar_day() {
        assertThat(range("2026-11-01", "2026-11-03", "Asia/Tokyo").in(DATE, BERLIN))
                .isEqualTo(span("2026-11-01T00:00", "2026-11-03T00:00"));
    }

    @Test
    void for_a_date_column_a_moment_is_its_calendar_day_in_the_zone_of_the_request() {
        assertThat(range("2026-11-01T20:00:00Z", "2026-11-02T20:00:00Z", "Asia/Tokyo")
                        .in(DATE, UTC))
                .isEqualTo(span("2026-11-02T00:00", "2026-11-03T00:00"));
    }

    @Test
    void the_first_and_the_last_day_of_the_range_stay_within_what_PostgreSQL_can_hold_in_every_zone() {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            Span span = range("-4711-01-01", "+294275-12-31", zone).in(TIMESTAMP, ZoneId.of(zone));
            assertThat(ColumnTime.toLocalDateTime(span.start()).getYear())
                    .as(zone)
                    .isGreaterThanOrEqualTo(-4712);
            assertThat(ColumnTime.toLocalDateTime(span.end()).getYear())
                    .as(zone)
                    .isLessThanOrEqualTo(294_276);
        }
    }

    private static DateRange day(String day, String zone) {
        return range(day, day, zone);
    }

    private static DateRange range(String start, String end, String zone) {
        return new DateRange(
                Optional.ofNullable(start).map(DateParameter::parse),
                Optional.ofNullable(end).map(DateParameter::parse),
                ZoneId.of(zone));
    }

    private static Span span(String start, String end) {
        return Span.between(time(start), time(end));
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.parse(text);
    }
}
