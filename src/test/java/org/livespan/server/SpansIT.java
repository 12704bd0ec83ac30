package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows lie between two dates: both are inclusive, a day is the whole day, a moment is exact. */
@OnSharedServer
class SpansIT {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void without_a_zone_a_day_is_the_whole_day_in_utc() throws Exception {
        around(Instant.parse(livespan.day("05-01T00:00:00Z")), Instant.parse(livespan.day("05-02T23:59:59.999999Z")));
        bothShowTheInside("startDate", livespan.day("05-01"), "endDate", livespan.day("05-02"));
    }

    @ParameterizedTest
    @CsvSource({"MARCH, 23", "OCTOBER, 25"})
    void a_day_that_has_23_or_25_hours_in_its_zone_is_the_whole_day(Month month, int hours) throws Exception {
        var sunday = LocalDate.of(Integer.parseInt(livespan.day("").replace("-", "")), month, 1)
                .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
        var first = sunday.atStartOfDay(BERLIN).toInstant();
        var last = sunday.plusDays(1).atStartOfDay(BERLIN).toInstant().minus(1, ChronoUnit.MICROS);
        assertThat(Duration.between(first, last).plus(1, ChronoUnit.MICROS)).hasHours(hours);

        around(first, last);
        bothShowTheInside("startDate", sunday.toString(), "endDate", sunday.toString(), "zone", BERLIN.getId());
    }

    @Test
    void a_moment_is_exact_to_the_microsecond_at_both_ends() throws Exception {
        around(
                Instant.parse(livespan.day("05-01T08:00:00.000001Z")),
                Instant.parse(livespan.day("05-01T08:00:00.000003Z")));
        bothShowTheInside(
                "startDate", livespan.day("05-01T08:00:00.000001Z"), "endDate", livespan.day("05-01T08:00:00.000003Z"));
    }

    @Test
    void the_offset_of_a_moment_applies_whatever_the_zone() throws Exception {
        around(Instant.parse(livespan.day("04-30T23:00:00Z")), Instant.parse(livespan.day("05-01T12:30:00Z")));
        bothShowTheInside(
                "startDate",
                livespan.day("05-01T08:00:00+09:00"),
                "endDate",
                livespan.day("05-01T09:00:00-03:30"),
                "zone",
                BERLIN.getId());
    }

    @Test
    void a_day_and_a_moment_can_be_combined() throws Exception {
        around(Instant.parse(livespan.day("05-01T00:00:00Z")), Instant.parse(livespan.day("05-01T08:00:00Z")));
        bothShowTheInside("startDate", livespan.day("05-01"), "endDate", livespan.day("05-01T08:00:00Z"));
    }

    @Test
    void start_and_end_may_be_the_same_microsecond() throws Exception {
        livespan.orderAt("Ada", livespan.day("05-01T08:00:00.000001Z"));
        var moment = livespan.day("05-01T08:00:00.000001Z");
        var answer = Http.get(livespan.rows("startDate", moment, "endDate", moment));
        assertThat(Rows.customers(answer.body())).containsExactly("Ada");
    }

    @Test
    void without_a_start_all_rows_up_to_the_end_are_shown() throws Exception {
        livespan.order("Ada", "01-01");
        livespan.order("Kurt", "06-01");
        var stream = livespan.openAt(livespan.stream("endDate", livespan.day("05-31")));
        assertThat(stream.next().customers()).contains("Ada").doesNotContain("Kurt");

        livespan.order("Alan", "06-02");
        livespan.order("Emmy", "01-02");
        assertThat(stream.next().customers()).contains("Ada", "Emmy").doesNotContain("Kurt", "Alan");
    }

    @Test
    void without_an_end_all_rows_from_the_start_on_are_shown() throws Exception {
        livespan.order("Ada", "01-01");
        livespan.order("Kurt", "06-01");
        var stream = livespan.openAt(livespan.stream("startDate", livespan.day("05-31")));
        assertThat(stream.next().customers()).containsExactly("Kurt");

        livespan.order("Emmy", "01-02");
        livespan.order("Alan", "12-31");
        assertThat(stream.next().customers()).containsExactly("Kurt", "Alan");
    }

    @Test
    void without_a_start_and_an_end_all_rows_are_shown() throws Exception {
        livespan.order("Ada", "01-01");
        var stream = livespan.openAt(livespan.stream());
        var before = Rows.customers(Http.get(livespan.rows()).body());
        assertThat(stream.next().customers()).isEqualTo(before).contains("Ada");

        livespan.order("Emmy", "12-31");
        assertThat(stream.next().customers())
                .startsWith(before.toArray(String[]::new))
                .endsWith("Emmy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "-infinity"})
    void a_row_at_infinity_is_shown_only_by_a_window_that_is_open_on_its_side(String infinity) throws Exception {
        try {
            livespan.orderAt("for ever", infinity);
            var open = infinity.startsWith("-") ? "endDate" : "startDate";
            var closed = infinity.startsWith("-") ? "startDate" : "endDate";
            assertThat(Http.get(livespan.rows(open, "2026-01-01")).body()).contains("for ever", '"' + infinity + '"');
            assertThat(Http.get(livespan.rows(closed, "2026-01-01")).body()).doesNotContain("for ever");
        } finally {
            livespan.execute("delete from orders where customer = 'for ever'");
        }
    }

    @ParameterizedTest
    @CsvSource({"1582-10-15 12:00:00+00, 1582-10-15", "12000-02-29 12:00:00+00, +12000-02-29"})
    void a_day_in_the_year_1582_or_12000_works_like_any_other(String moment, String day) throws Exception {
        try {
            var stream = livespan.openAt(livespan.stream("startDate", day, "endDate", day));
            assertThat(stream.next().data()).isEqualTo("[]");
            livespan.orderAt("far away", moment);
            assertThat(stream.next().customers()).containsExactly("far away");
        } finally {
            livespan.execute("delete from orders where customer = 'far away'");
        }
    }

    /** Inserts orders on either side of both ends; {@code first} and {@code last} are inside. */
    private void around(Instant first, Instant last) throws Exception {
        livespan.orderAt("before", first.minus(1, ChronoUnit.MICROS).toString());
        livespan.orderAt("first", first.toString());
        livespan.orderAt("last", last.toString());
        livespan.orderAt("after", last.plus(1, ChronoUnit.MICROS).toString());
    }

    /**
     * The plain result and the stream show the rows inside; a change at either end is seen, one just outside is not.
     */
    private void bothShowTheInside(String... parameters) throws Exception {
        assertThat(Rows.customers(Http.get(livespan.rows(parameters)).body())).containsExactly("first", "last");
        var stream = livespan.openAt(livespan.stream(parameters));
        assertThat(stream.next().customers()).containsExactly("first", "last");

        for (var outside : List.of("before", "after")) {
            rename(outside, outside + ", changed");
        }
        rename("first", "first, changed");
        assertThat(stream.next().customers()).containsExactly("first, changed", "last");
        rename("last", "last, changed");
        assertThat(stream.next().customers()).containsExactly("first, changed", "last, changed");
    }

    private void rename(String customer, String name) throws Exception {
        livespan.execute("update orders set customer = '" + name + "' where customer = '" + customer + "'");
    }
}
