package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.time.DateParameter.Day;
import org.livespan.time.DateParameter.Moment;

/** The two forms in which a client may write a date, and the message for every other. */
class DateParameterTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
    void a_plain_date_is_a_whole_day(String text) {
        assertThat(DateParameter.parse(text)).isEqualTo(new Day(LocalDate.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T08:00:00Z, 2026-11-01T08:00:00Z",
        "2026-11-01T08:00Z, 2026-11-01T08:00:00Z",
        "2026-11-01T08:00:00+09:00, 2026-10-31T23:00:00Z",
        "2026-11-01T08:00:00+09, 2026-10-31T23:00:00Z",
        "2026-11-01T08:00:00-03:30, 2026-11-01T11:30:00Z",
        "2026-11-01T08:00:00-00:00, 2026-11-01T08:00:00Z",
        "2026-11-01T00:00:00+18:00, 2026-10-31T06:00:00Z",
        "2026-11-01T08:00:00.1Z, 2026-11-01T08:00:00.100Z",
        "2026-11-01T08:00:00.123456Z, 2026-11-01T08:00:00.123456Z",
        "2026-11-01T23:59:59.999999Z, 2026-11-01T23:59:59.999999Z",
        "2024-02-29T12:00:00Z, 2024-02-29T12:00:00Z"
    })
    void a_date_time_with_an_offset_is_an_exact_moment(String text, Instant moment) {
        assertThat(DateParameter.parse(text)).isEqualTo(new Moment(moment));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T08:00:00 09:00, 2026-10-31T23:00:00Z",
        "2026-11-01T08:00:00 09, 2026-10-31T23:00:00Z",
        "2026-11-01T08:00:00.5 00:00, 2026-11-01T08:00:00.500Z"
    })
    void a_plus_that_was_not_escaped_in_the_url_is_still_a_plus(String text, Instant moment) {
        assertThat(DateParameter.parse(text)).isEqualTo(new Moment(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29",
                "1900-02-29",
                "2026-02-30",
                "2026-04-31",
                "2026-13-01",
                "2026-00-10",
                "2026-11-00",
                "2026-11-32",
                "2026-02-29T08:00:00Z",
                "2026-13-01T08:00:00Z"
            })
    void a_date_that_does_not_exist_is_refused(String text) {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T24:00:00Z",
                "2026-11-01T25:00:00Z",
                "2026-11-01T08:60:00Z",
                "2026-11-01T08:00:60Z",
                "2026-12-31T23:59:60Z",
                "2026-11-01T08:00:00+18:01",
                "2026-11-01T08:00:00+19:00",
                "2026-11-01T08:00:00+09:60",
            })
    void a_time_or_an_offset_that_does_not_exist_is_refused(String text) {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T08:00:00",
                "2026-11-01T08:00",
                "2026-11-01t08:00:00Z",
                "2026-11-01 08:00:00Z",
                "2026-11-01T",
                "2026-11-01TZ",
                "2026-11-01T08Z",
                "2026-11-01Z",
                "2026-11-01+09:00",
                "2026-11-01T08:00:00+0900",
                "2026-11-01T08:00:00+9",
                "2026-11-01T08:00:00+09:",
                "2026-11-01T08:00:00  09:00",
                "2026-11-01T08:00:00Europe/Berlin",
                "2026-11-01T08:00:00+01:00[Europe/Berlin]",
                "2026-11-01T08:00:00,5Z",
                "2026-11-01T08:00:00.0000000000Z"
            })
    void a_date_time_without_an_offset_or_in_another_format_is_refused(String text) {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "T",
                "now",
                "yesterday",
                "infinity",
                "2026",
                "2026-11",
                "2026-W44-7",
                "2026-305",
                "20261101",
                "1.11.2026",
                "11/01/2026",
                "26-11-01",
                "2026-1-1",
                " 2026-11-01",
                "2026-11-01 ",
                "2026-11-01\n",
                "+2026-11-01",
                "02026-11-01",
                "12345-01-01",
                "1793520000",
                "٢٠٢٦-١١-٠١",
                "2026-11-01'; drop table x"
            })
    void anything_that_is_not_a_date_is_refused(String text) {
        refused(text);
    }

    @Test
    void a_moment_finer_than_a_microsecond_is_refused_unless_the_additional_digits_are_zero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateParameter.parse("2026-11-01T08:00:00.1234567Z"))
                .withMessageContaining("2026-11-01T08:00:00.1234567Z")
                .withMessageContaining("six fractional digits");
        assertThat(DateParameter.parse("2026-11-01T08:00:00.1234560Z"))
                .isEqualTo(new Moment(Instant.parse("2026-11-01T08:00:00.123456Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4711-01-01", "+294275-12-31", "-4711-01-01T00:00:00Z", "+294275-12-31T23:59:59.999999Z"})
    void the_first_and_the_last_date_of_the_range_are_accepted(String text) {
        assertThat(DateParameter.parse(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4712-12-31",
                "+294276-01-01",
                "+999999999-12-31",
                "-999999999-01-01",
                "+294276-01-01T00:00:00Z",
                "-4712-12-31T23:59:59.999999Z",
                "+999999999-12-31T23:59:59-18:00",
                "-999999999-01-01T00:00:00+18:00"
            })
    void a_date_outside_the_range_is_refused_with_the_limits_of_the_range(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateParameter.parse(text))
                .withMessageContaining(text)
                .withMessageContaining("-4711-01-01")
                .withMessageContaining("+294275-12-31");
    }

    @Test
    void a_year_with_too_many_digits_is_refused() {
        refused("+9999999999-01-01");
        refused("+99999999999999999999-01-01");
    }

    /** The message quotes what was written and shows both valid forms. */
    private static void refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateParameter.parse(text))
                .withMessageContaining("'" + text + "' is not a date")
                .withMessageContaining("2026-11-01,")
                .withMessageContaining("2026-11-01T08:00:00Z");
    }
}
