package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.tool.BesideOthers;

/** A row's date is exact to the microsecond, and a span holds the rows whose date lies within it, bounds included. */
@BesideOthers
class TableDatesIT {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);
    private static final LocalDateTime MIDNIGHT = LocalDateTime.of(2026, 11, 23, 0, 0);

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @ParameterizedTest
    @CsvSource({
        "timestamptz, TIMESTAMPTZ, 2026-11-23 12:30:00.123456+01, 2026-11-23T11:30:00.123456",
        "timestamptz(0), TIMESTAMPTZ, 1999-12-31 23:59:59.4Z, 1999-12-31T23:59:59",
        "timestamptz, TIMESTAMPTZ, 0044-03-15 12:00Z BC, -0043-03-15T12:00",
        "timestamptz, TIMESTAMPTZ, 4714-11-24 00:00Z BC, -4713-11-24T00:00",
        "timestamptz, TIMESTAMPTZ, 294276-12-31 23:59:59.999999Z, +294276-12-31T23:59:59.999999",
        "moment, TIMESTAMPTZ, 2026-11-23 11:30:00.1Z, 2026-11-23T11:30:00.1",
        "timestamp, TIMESTAMP, 2026-03-29 02:30:00.000001, 2026-03-29T02:30:00.000001",
        "timestamp, TIMESTAMP, 1500-02-28 00:00, 1500-02-28T00:00",
        "timestamp, TIMESTAMP, 0001-01-01 00:00 BC, 0000-01-01T00:00",
        "date, DATE, 2026-11-23, 2026-11-23T00:00",
        "date, DATE, 0099-01-01, 0099-01-01T00:00",
        "date, DATE, 4714-11-24 BC, -4713-11-24T00:00",
        "working_day, DATE, 2026-11-23, 2026-11-23T00:00",
    })
    void a_date_is_read_in_column_time_and_found_only_in_spans_that_contain_it(
            String column, DateType type, String date, LocalDateTime time) throws Exception {
        insert(column, date);
        Span exact = Span.between(time, time);
        assertThat(db.read(type, exact, Span.between(NOON.plusYears(100), null)))
                .singleElement()
                .satisfies(row -> assertThat(row.date()).isEqualTo(ColumnTime.of(time)));
        assertThat(db.read(type, new Span(exact.start() + 1, ColumnTime.INFINITY)))
                .isEmpty();
        assertThat(db.read(type, new Span(ColumnTime.MINUS_INFINITY, exact.start() - 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void infinity_is_only_in_spans_that_are_open_or_at_infinity(DateType type) throws Exception {
        insert(type.name(), "-infinity", "2026-11-23", "infinity");
        assertThat(db.read(type, Span.ANY).stream().map(Row::date))
                .containsExactly(ColumnTime.MINUS_INFINITY, ColumnTime.of(MIDNIGHT), ColumnTime.INFINITY);
        var later = new Span(ColumnTime.of(MIDNIGHT) + 1, ColumnTime.INFINITY);
        assertThat(db.read(type, later).stream().map(Row::date)).containsExactly(ColumnTime.INFINITY);
        var finite = new Span(ColumnTime.MINUS_INFINITY + 1, ColumnTime.INFINITY - 1);
        assertThat(db.read(type, finite).stream().map(Row::date)).containsExactly(ColumnTime.of(MIDNIGHT));
        var infinities = List.of(
                new Span(ColumnTime.MINUS_INFINITY, ColumnTime.MINUS_INFINITY),
                new Span(ColumnTime.INFINITY, ColumnTime.INFINITY));
        assertThat(db.read(type, infinities.get(0), infinities.get(1))).hasSize(2);
    }

    @Test
    void a_date_beyond_column_time_is_infinity() throws Exception {
        insert("date", "294277-01-09", "294277-01-10", "5874897-12-31");
        assertThat(db.read(DateType.DATE, new Span(ColumnTime.INFINITY, ColumnTime.INFINITY)).stream()
                        .map(Row::date))
                .containsExactly(ColumnTime.INFINITY, ColumnTime.INFINITY);
        assertThat(db.read(DateType.DATE, new Span(0, ColumnTime.INFINITY - 1))).hasSize(1);
    }

    @Test
    void a_day_is_in_a_span_if_its_midnight_is() throws Exception {
        insert("date", "2026-11-23", "2026-11-24");
        assertThat(FeedDatabase.keys(db.read(DateType.DATE, Span.between(NOON, null))))
                .containsExactly("2");
        assertThat(FeedDatabase.keys(db.read(DateType.DATE, Span.between(MIDNIGHT, NOON))))
                .containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void a_row_without_a_date_is_in_no_span(DateType type) throws Exception {
        insert(type.name());
        db.execute("insert into readings values (null)");
        assertThat(db.read(type, Span.ANY)).isEmpty();
    }

    @Test
    void several_spans_are_read_in_one_statement_ordered_by_date_and_key() throws Exception {
        insert("timestamptz", "2026-11-23", "2026-11-25", "2026-11-24", "2026-11-23", "2026-11-27");
        var rows = db.read(
                DateType.TIMESTAMPTZ,
                Span.between(MIDNIGHT, NOON),
                Span.between(NOON.plusDays(1), NOON.plusDays(2)),
                Span.between(MIDNIGHT.plusDays(4), null));
        assertThat(FeedDatabase.keys(rows)).containsExactly("1", "4", "2", "5");
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void ten_thousand_spans_are_read_at_once(DateType type) throws Exception {
        insert(type.name(), "-infinity", "infinity", "0044-03-15 BC");
        db.execute("insert into readings select date '2026-11-23' + g from generate_series(0, 99999) g");
        var spans = new Span[10_000];
        for (int i = 0; i < spans.length; i++) {
            LocalDateTime day = MIDNIGHT.plusDays(10L * i);
            spans[i] = Span.between(day.minusHours(1), day.plusDays(1));
        }
        assertThat(db.read(type, spans)).hasSize(20_000);
        spans[0] = Span.between(null, MIDNIGHT);
        spans[spans.length - 1] = Span.between(MIDNIGHT.plusDays(99_999), null);
        assertThat(db.read(type, spans)).hasSize(19_996 + 3 + 2);
    }

    @Test
    void many_spans_between_two_midnights_hold_no_day() throws Exception {
        insert("date", "2026-11-23", "2026-11-24");
        var spans = new Span[1000];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = Span.between(MIDNIGHT.plusSeconds(2L * i + 1), MIDNIGHT.plusSeconds(2L * i + 2));
        }
        assertThat(db.read(DateType.DATE, spans)).isEmpty();
    }

    /** Inserts rows with these dates and the keys 1, 2 and so on. */
    private void insert(String type, String... dates) throws Exception {
        db.execute(
                "create domain moment as timestamptz",
                "create domain day as date",
                "create domain working_day as day check (extract(isodow from value) < 6)",
                "create table readings (at " + type + ", id int generated always as identity)");
        for (String date : dates) {
            db.execute("insert into readings values ('" + date + "')");
        }
    }
}
