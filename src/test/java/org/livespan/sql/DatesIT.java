package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;
import static org.livespan.sql.WatchedDatabase.ordersMoved;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** FROM and TO are in ISO 8601, in UTC for a timestamptz, and empty if there is no such date. */
@BesideOthers
class DatesIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "<+03:17>-03:17"})
    void a_timestamptz_is_in_utc_under_every_session_time_zone(String zone) throws Exception {
        watchOrdersBy("timestamptz");
        db.execute("set timezone = '" + zone + "'", "insert into orders values ('2026-11-23 12:30:00.1+01')");
        assertThat(db.heard()).containsExactly(orders("insert", "2026-11-23T11:30:00.1Z", "2026-11-23T11:30:00.1Z"));
        assertThat(db.query("show timezone")).isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO, DMY", "SQL, DMY", "SQL, MDY", "German", "Postgres, YMD"})
    void dates_read_the_same_under_every_date_style(String style) throws Exception {
        watchOrdersBy("timestamptz");
        db.execute("create table days (day date)", "select livespan.watch('days', 'day')");
        // The driver requires the style ISO in its session, so another one is set where it cannot see it
        db.execute("do $$ begin set local datestyle = '" + style + "';"
                + " insert into orders values (timestamptz '2026-11-02T11:30:00Z');"
                + " insert into days values (date '2026-11-02'); end $$");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-11-02T11:30:00Z", "2026-11-02T11:30:00Z"),
                        WatchedDatabase.payload("insert", "public.days|2026-11-02|2026-11-02"));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz, 2026-11-23 11:30:00Z, 2026-11-23T11:30:00Z",
        "timestamptz, 2026-11-23 11:30:00.000001Z, 2026-11-23T11:30:00.000001Z",
        "timestamptz(0), 2026-11-23 11:30:00.4Z, 2026-11-23T11:30:00Z",
        "timestamptz, 0001-01-01 00:00Z, 0001-01-01T00:00:00Z",
        "timestamptz, 9999-12-31 23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "timestamp, 2026-03-29 02:30:00, 2026-03-29T02:30:00",
        "timestamp, 2026-11-23 11:30:00.123456, 2026-11-23T11:30:00.123456",
        "date, 2026-11-23, 2026-11-23",
        "date, 0099-01-01, 0099-01-01",
        "day, 2026-11-23, 2026-11-23",
        "working_day, 2026-11-23, 2026-11-23",
    })
    void a_date_of_each_type_is_sent_in_iso_8601(String type, String date, String printed) throws Exception {
        watchOrdersBy(type);
        db.execute("set timezone = 'Europe/Berlin'", "insert into orders values ('" + date + "')");
        assertThat(db.heard()).containsExactly(orders("insert", printed, printed));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz, 2026-05-01T00:00:00Z, 2026-11-23T11:30:00.000001Z",
        "timestamptz, 2026-11-23T11:30:00.000002Z, 2026-11-23T11:30:00.000001Z",
        "timestamp, 2026-05-01T00:00:00, 2026-11-23T11:30:00.5",
        "date, 2026-11-23, 2026-11-24",
        "day, 2026-11-23, 2026-05-01",
        "working_day, 2026-05-01, 2026-11-23",
    })
    void old_and_new_dates_that_lie_apart_are_two_spans_whatever_their_type(String type, String before, String after)
            throws Exception {
        watchOrdersBy(type);
        db.execute(
                "set timezone = 'Europe/Berlin'",
                "insert into orders values ('" + before + "')",
                "update orders set at = '" + after + "'");
        assertThat(db.heard())
                .containsExactly(orders("insert", before, before), ordersMoved(before, before, after, after));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz, infinity",
        "timestamptz, -infinity",
        "timestamptz, 0001-12-31 00:00Z BC",
        "timestamptz, 10000-01-01 00:00Z",
        "timestamp, infinity",
        "timestamp, 0044-03-15 12:00 BC",
        "timestamp, 294276-12-31 23:59:59.999999",
        "date, -infinity",
        "date, 4713-01-01 BC",
        "date, 5874897-12-31",
    })
    void a_date_beyond_the_calendar_of_iso_8601_is_sent_as_any_date(String type, String date) throws Exception {
        watchOrdersBy(type);
        db.execute("insert into orders values ('" + date + "'), ('2026-11-23')");
        assertThat(db.heard()).containsExactly(orders("insert", "", ""));

        db.execute("update orders set at = '2026-11-23'", "update orders set at = '" + date + "'");
        db.execute("update orders set at = '2026-11-23'");
        assertThat(db.heard())
                .containsExactly(orders("update", "", ""), orders("update", "", ""), orders("update", "", ""));
    }

    @Test
    void a_change_with_only_null_dates_is_sent_as_any_date() throws Exception {
        watchOrdersBy("timestamptz");
        db.execute("insert into orders values (null), (null)", "update orders set at = null", "delete from orders");
        assertThat(db.heard())
                .containsExactly(orders("insert", "", ""), orders("update", "", ""), orders("delete", "", ""));
    }

    @Test
    void nulls_among_dates_do_not_affect_their_span() throws Exception {
        watchOrdersBy("date");
        db.execute("insert into orders values (null), ('2026-11-01'), ('2026-11-03')");
        db.execute("update orders set at = '2026-11-05' where at is null");
        db.execute("update orders set at = null where at = '2026-11-05'");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-11-01", "2026-11-03"),
                        orders("update", "2026-11-05", "2026-11-05"),
                        orders("update", "2026-11-05", "2026-11-05"));
    }

    @Test
    void nulls_among_old_and_new_dates_that_lie_apart_do_not_affect_their_spans() throws Exception {
        watchOrdersBy("date");
        db.execute("insert into orders values (null), ('2026-01-01'), ('2026-01-31')");
        db.deafen();
        db.execute("update orders set at = case when at > '2026-01-01' then null else date '2026-11-30' end");
        assertThat(db.heard()).containsExactly(ordersMoved("2026-01-01", "2026-01-31", "2026-11-30", "2026-11-30"));
    }

    @Test
    void if_all_old_or_all_new_dates_are_null_only_the_others_are_sent() throws Exception {
        watchOrdersBy("timestamptz");
        var dates = "2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z".split("', '");
        db.execute("insert into orders values (null), (null)");
        db.deafen();
        db.execute("with numbered as (select ctid, row_number() over () as n from orders)"
                + " update orders o set at = case n when 1 then timestamptz '" + dates[0] + "' else '" + dates[1]
                + "' end from numbered where o.ctid = numbered.ctid");
        db.execute("update orders set at = null");
        assertThat(db.heard())
                .containsExactly(orders("update", dates[0], dates[1]), orders("update", dates[0], dates[1]));
    }

    private void watchOrdersBy(String type) throws Exception {
        db.execute(
                "create domain day as date",
                "create domain working_day as day check (extract(isodow from value) < 6)",
                "create table orders (at " + type + ")",
                "select livespan.watch('orders', 'at')");
    }
}
