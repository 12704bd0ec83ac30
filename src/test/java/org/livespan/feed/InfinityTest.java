package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Dates as rows show them, including infinity. */
class InfinityTest {

    private final Infinity.OfMoment ofMoment = new Infinity.OfMoment();
    private final Infinity.OfTimestamp ofTimestamp = new Infinity.OfTimestamp();
    private final Infinity.OfDate ofDate = new Infinity.OfDate();

    @Test
    void a_moment_is_shown_in_UTC_whatever_its_offset() {
        assertThat(ofMoment.adaptToJson(OffsetDateTime.parse("2026-11-23T01:30:00.123456+05:30")))
                .isEqualTo("2026-11-22T20:00:00.123456Z");
        assertThat(ofMoment.adaptToJson(OffsetDateTime.parse("2026-11-23T00:00:00Z")))
                .isEqualTo("2026-11-23T00:00:00Z");
    }

    @Test
    void a_timestamp_and_a_date_are_shown_as_they_stand() {
        assertThat(ofTimestamp.adaptToJson(LocalDateTime.of(2026, 11, 23, 8, 0)))
                .isEqualTo("2026-11-23T08:00:00");
        assertThat(ofDate.adaptToJson(LocalDate.of(2026, 11, 23))).isEqualTo("2026-11-23");
    }

    @Test
    void infinity_is_shown_by_name() {
        assertThat(ofMoment.adaptToJson(OffsetDateTime.MAX)).isEqualTo("infinity");
        assertThat(ofMoment.adaptToJson(OffsetDateTime.MIN)).isEqualTo("-infinity");
        assertThat(ofTimestamp.adaptToJson(LocalDateTime.MAX)).isEqualTo("infinity");
        assertThat(ofTimestamp.adaptToJson(LocalDateTime.MIN)).isEqualTo("-infinity");
        assertThat(ofDate.adaptToJson(LocalDate.MAX)).isEqualTo("infinity");
        assertThat(ofDate.adaptToJson(LocalDate.MIN)).isEqualTo("-infinity");
    }

    /** Persistence providers pass it through java.sql.Timestamp, in the server's zone, some 292 million years away. */
    @Test
    void any_time_that_PostgreSQL_cannot_hold_is_infinity() {
        LocalDateTime late = LocalDateTime.of(292_278_994, 8, 17, 7, 12, 55);
        LocalDateTime early = LocalDateTime.of(-292_275_055, 5, 16, 16, 47, 4);
        assertThat(Infinity.of(late)).isEqualTo(LocalDateTime.MAX);
        assertThat(Infinity.of(early)).isEqualTo(LocalDateTime.MIN);
        assertThat(Infinity.utc(late.atOffset(ZoneOffset.ofHours(9)))).isEqualTo(LocalDateTime.MAX);
        assertThat(Infinity.utc(early.atOffset(ZoneOffset.ofHours(9)))).isEqualTo(LocalDateTime.MIN);
    }

    @Test
    void the_last_and_the_first_timestamp_of_PostgreSQL_are_finite() {
        LocalDateTime last = LocalDateTime.parse("+294276-12-31T23:59:59.999999");
        LocalDateTime first = LocalDateTime.parse("-4712-01-01T00:00:00");
        assertThat(Infinity.of(last)).isEqualTo(last);
        assertThat(Infinity.of(first)).isEqualTo(first);
        assertThat(ofMoment.adaptToJson(last.atOffset(ZoneOffset.UTC))).isEqualTo("+294276-12-31T23:59:59.999999Z");
    }

    @Test
    void rows_are_never_read_from_JSON() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ofDate.adaptFromJson("2026-11-23"));
    }
}
