package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/** Dates as triggers write them: in ISO 8601, or as PostgreSQL's {@code ||} prints them. */
class ChangeDateTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, DATE, 2026-11-23T00:00",
        "2024-02-29, DATE, 2024-02-29T00:00",
        "2026-11-23T11:30:00, TIMESTAMP, 2026-11-23T11:30",
        "2026-11-23 11:30:00, TIMESTAMP, 2026-11-23T11:30",
        "2026-11-23 11:30:00.1, TIMESTAMP, 2026-11-23T11:30:00.1",
        "2026-11-23 11:30:00.123456, TIMESTAMP, 2026-11-23T11:30:00.123456",
        "2026-11-23T11:30:00Z, TIMESTAMPTZ, 2026-11-23T11:30",
        "2026-11-23T11:30:00.123456Z, TIMESTAMPTZ, 2026-11-23T11:30:00.123456",
        "2026-11-23T11:30:00+00:00, TIMESTAMPTZ, 2026-11-23T11:30"
    })
    void a_date_has_the_type_that_its_format_implies(String text, DateType type, LocalDateTime value) {
        assertThat(ChangeDate.parse(text)).isEqualTo(new ChangeDate(type, value));
        assertThat(ChangeDate.isDate(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23 11:30:00.123+00, 2026-11-23T11:30:00.123",
        "2026-11-23 11:30:00-03, 2026-11-23T14:30",
        "2026-11-23 11:30:00+05:30, 2026-11-23T06:00",
        "2026-11-23 11:30:00.5+12:45, 2026-11-22T22:45:00.5",
        "2026-11-23 00:00:00+14, 2026-11-22T10:00",
        "1890-01-01 00:53:28+00:53:28, 1890-01-01T00:00",
        "1883-11-18 12:03:57-04:56:02, 1883-11-18T16:59:59"
    })
    void an_offset_as_PostgreSQL_prints_it_is_converted_to_UTC(String text, LocalDateTime utc) {
        assertThat(ChangeDate.parse(text)).isEqualTo(new ChangeDate(DateType.TIMESTAMPTZ, utc));
        assertThat(ChangeDate.isDate(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "infinity",
                "-infinity",
                "0044-03-15 BC",
                "0044-03-15 12:00:00+00 BC",
                "12345-01-01",
                "now",
                "orders",
                "2026-11",
                "23.11.2026",
                "11/23/2026",
                "Mon Nov 23 11:30:00 2026 UTC",
                "2026-11-23 11:30:00 UTC",
                "2026-11-23T",
                "2026-11-23 11",
                "2026-11-23 11:30:00+",
                "2026-11-23x",
                "2026-11-23\n"
            })
    void text_in_no_known_format_is_not_a_date_and_cannot_be_parsed(String text) {
        assertThat(ChangeDate.isDate(text)).isFalse();
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> ChangeDate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "2026-13-01",
                "2026-11-23T24:00:00Z",
                "2026-11-23T11:60:00Z",
                "2026-11-23 11:30:00+19",
                "+999999999-12-31T23:59:59-18:00"
            })
    void a_date_time_or_offset_out_of_range_cannot_be_parsed(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> ChangeDate.parse(text));
    }

    @Test
    void two_dates_of_one_type_make_a_span() {
        assertThat(ChangeDate.parse("2026-11-23").to(ChangeDate.parse("2026-11-24")))
                .isEqualTo(Span.between(LocalDateTime.of(2026, 11, 23, 0, 0), LocalDateTime.of(2026, 11, 24, 0, 0)));
        assertThat(ChangeDate.parse("2026-11-23 01:00:00+02").to(ChangeDate.parse("2026-11-22T23:00:00Z")))
                .isEqualTo(Span.between(LocalDateTime.of(2026, 11, 22, 23, 0), LocalDateTime.of(2026, 11, 22, 23, 0)));
    }

    @Test
    void dates_of_different_types_or_in_the_wrong_order_make_no_span() {
        ChangeDate day = ChangeDate.parse("2026-11-23");
        ChangeDate time = ChangeDate.parse("2026-11-23T00:00:00");
        assertThatIllegalArgumentException().isThrownBy(() -> day.to(time));
        assertThatIllegalArgumentException().isThrownBy(() -> day.to(ChangeDate.parse("2026-11-22")));
    }
}
