package org.livespan.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time as PostgreSQL counts it. */
class ColumnTimeTest {

    @Test
    void it_counts_microseconds_since_the_year_2000() {
        assertThat(ColumnTime.of(LocalDateTime.parse("2000-01-01T00:00"))).isZero();
        assertThat(ColumnTime.of(LocalDateTime.parse("2000-01-01T00:00:00.000001")))
                .isEqualTo(1);
        assertThat(ColumnTime.of(LocalDateTime.parse("1999-12-31T23:59:59.999999")))
                .isEqualTo(-1);
        assertThat(ColumnTime.of(LocalDateTime.parse("2000-01-02T00:00"))).isEqualTo(86_400_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T12:00:00.123456",
                "1999-12-31T23:59:59.999999",
                "0000-02-29T00:00",
                "-4713-11-24T00:00",
                "+294276-12-31T23:59:59.999999"
            })
    void every_time_that_PostgreSQL_can_hold_is_finite_and_is_converted_back_to_itself(String text) {
        LocalDateTime time = LocalDateTime.parse(text);
        long columnTime = ColumnTime.of(time);
        assertThat(columnTime).isStrictlyBetween(ColumnTime.MINUS_INFINITY, ColumnTime.INFINITY);
        assertThat(ColumnTime.toLocalDateTime(columnTime)).isEqualTo(time);
    }

    /** Drivers return infinity as one or another of these times. */
    @Test
    void a_time_that_PostgreSQL_cannot_hold_is_infinite() {
        assertThat(ColumnTime.of(LocalDateTime.MAX)).isEqualTo(ColumnTime.INFINITY);
        assertThat(ColumnTime.of(LocalDateTime.MIN)).isEqualTo(ColumnTime.MINUS_INFINITY);
        assertThat(ColumnTime.of(LocalDateTime.parse("+292278994-08-17T07:12:55")))
                .isEqualTo(ColumnTime.INFINITY);
        assertThat(ColumnTime.of(LocalDateTime.parse("-292275055-05-16T16:47:04")))
                .isEqualTo(ColumnTime.MINUS_INFINITY);
    }

    @Test
    void infinity_cannot_be_converted_to_a_calendar_time() {
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnTime.toLocalDateTime(ColumnTime.INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnTime.toLocalDateTime(ColumnTime.MINUS_INFINITY));
    }
}
