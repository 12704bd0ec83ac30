package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET api/feeds} and {@code GET api/feeds/{feed}}: the list of feeds, and the current result of one. */
@OnSharedServer
class PlainGetIT {

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void the_feeds_are_listed_with_table_date_column_and_key() throws Exception {
        var answer = Http.get(livespan.at("feeds"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(
                        livespan.query(
                                "select cast(? as jsonb) = cast(? as jsonb)",
                                answer.body(),
                                "[{\"name\":\"orders\",\"table\":\"public.orders\",\"dateColumn\":\"created_at\",\"key\":\"id\",\"keyColumns\":[\"id\"],\"filters\":[]}]"))
                .isEqualTo("t");
    }

    @Test
    void the_result_is_what_the_same_query_gives_in_psql() throws Exception {
        livespan.execute("insert into orders (customer, amount, status, created_at)"
                + " select 'customer ' || n, n * 1.01, 'paid', timestamptz '" + livespan.day("03-01")
                + "' + n * interval '7 hours 0.000001 second' from generate_series(0, 500) n");

        var answer = livespan.get("01-01", "12-31");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Rows.customers(answer.body())).hasSize(501);
        assertThat(livespan.isTable(answer.body(), livespan.day("01-01"), livespan.day("12-31")))
                .isTrue();
    }

    @Test
    void a_row_has_every_column_under_its_name_and_its_dates_in_utc() throws Exception {
        var id = livespan.query(
                "insert into orders (customer, amount, status, created_at, updated_at) values (?, 1234567890.12, 'shipped',"
                        + " cast(? as timestamptz), cast(? as timestamptz)) returning id",
                "Ada",
                livespan.day("11-23 12:30:00.123456+01"),
                livespan.day("11-24 00:00:00+00"));

        var body = livespan.get("11-23", "11-23").body();

        assertThat(livespan.query(
                        "select cast(? as jsonb) = jsonb_build_array(jsonb_build_object('id', cast(? as int), 'customer', 'Ada',"
                                + " 'amount', 1234567890.12, 'status', 'shipped', 'created_at', ?, 'updated_at', ?))",
                        body,
                        Integer.valueOf(id),
                        livespan.day("11-23T11:30:00.123456Z"),
                        livespan.day("11-24T00:00:00Z")))
                .as(body)
                .isEqualTo("t");
    }

    @Test
    void rows_are_ordered_by_date_and_key() throws Exception {
        livespan.order("late", "05-03");
        livespan.order("early", "05-01");
        livespan.order("second of two at once", "05-02");
        livespan.order("third of two at once", "05-02");

        assertThat(Rows.customers(livespan.get("05-01", "05-03").body()))
                .containsExactly("early", "second of two at once", "third of two at once", "late");
    }

    @Test
    void any_text_is_returned_unchanged_and_on_one_line() throws Exception {
        livespan.order(
                "quote \" backslash \\ line\nreturn\rtab\t nul-like \u0001 Édouard 日本 😀 \u2028 </script>", "05-01");

        var body = livespan.get("05-01", "05-02").body();

        assertThat(body).doesNotContain("\n", "\r");
        assertThat(livespan.isTable(body, livespan.day("05-01"), livespan.day("05-02")))
                .isTrue();
    }

    @Test
    void a_window_without_rows_is_an_empty_array() throws Exception {
        assertThat(livespan.get("05-01", "05-02").body()).isEqualTo("[]");
    }
}
