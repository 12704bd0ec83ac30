package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each kind of write, as seen by a client of the window of May in changes mode, beside one that gets whole results. */
@OnSharedServer
class ChangesModeIT {

    private static final String MANY =
            "insert into orders (customer, amount, status, created_at) select 'many', n, 'new', timestamptz '%s' + n * interval '%s' from generate_series(1, %d) n";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private final ShownRows rows = new ShownRows();
    private EventStream changes;
    private EventStream results;

    @BeforeEach
    void two_orders_of_may_are_sent_as_a_snapshot() throws Exception {
        livespan.order("Ada", "05-10");
        livespan.order("Grace", "05-20");
        results = livespan.open("05-01", "05-31");
        changes = changes("05-01", "05-31");
        var first = next();
        assertThat(first.name()).isEqualTo("snapshot");
        assertThat(first.customers()).containsExactly("Ada", "Grace");
    }

    @Test
    void an_insert_sends_only_the_row() throws Exception {
        livespan.order("Emmy", "05-15");
        nextIs("Emmy", "[]");
    }

    @Test
    void an_update_in_place_sends_only_the_row() throws Exception {
        livespan.execute("update orders set customer = 'Lovelace' where id = " + id("Ada"));
        nextIs("Lovelace", "[]");
    }

    @Test
    void an_update_of_the_date_within_the_window_sends_only_the_row_and_removes_nothing() throws Exception {
        move(id("Ada"), "05-30");
        nextIs("Ada", "[]");
    }

    @Test
    void an_update_out_of_the_window_sends_a_key_and_one_back_into_it_a_row() throws Exception {
        var ada = id("Ada");
        move(ada, "06-10");
        nextIs("", "[" + ada + "]");
        move(ada, "05-11");
        nextIs("Ada", "[]");
    }

    @Test
    void a_delete_sends_only_the_key() throws Exception {
        var ada = id("Ada");
        livespan.execute("delete from orders where id = " + ada);
        nextIs("", "[" + ada + "]");
    }

    @Test
    void a_truncate_removes_every_key() throws Exception {
        var both = "[" + id("Ada") + "," + id("Grace") + "]";
        livespan.execute("truncate orders");
        nextIs("", both);
    }

    @Test
    void a_transaction_of_several_statements_is_one_change() throws Exception {
        var ada = id("Ada");
        livespan.execute("begin", "delete from orders where id = " + ada);
        livespan.order("Emmy", "05-25");
        livespan.order("Kurt", "05-02");
        livespan.execute("commit");
        nextIs("Kurt,Emmy", "[" + ada + "]");
    }

    @Test
    void thousands_of_rows_changed_by_one_statement_are_one_change() throws Exception {
        livespan.execute(MANY.formatted(livespan.day("01-01"), "105 minutes", 5_000));
        var inMay = JsonText.pieces(JsonText.member(next().data(), "upserted"));
        assertThat(inMay).hasSizeBetween(400, 450);

        livespan.execute("update orders set amount = amount + 1 where customer = 'many'");
        assertThat(JsonText.pieces(JsonText.member(next().data(), "upserted"))).hasSameSizeAs(inMay);

        livespan.execute("delete from orders where customer = 'many'");
        assertThat(JsonText.pieces(JsonText.member(next().data(), "removed"))).hasSameSizeAs(inMay);
    }

    @Test
    void a_write_that_leaves_the_rows_as_they_were_sends_nothing() throws Exception {
        livespan.execute("update orders set customer = customer where id = " + id("Ada"), "begin", "truncate orders");
        livespan.execute("rollback");
        livespan.order("Emmy", "04-30");
        livespan.order("marker", "05-31");
        nextIs("marker", "[]");
        assertThat(changes.events()).hasSize(2);
    }

    @Test
    void of_two_overlapping_windows_the_one_without_the_row_is_sent_nothing() throws Exception {
        var spring = changes("03-01", "05-15");
        assertThat(spring.next().customers()).containsExactly("Ada");

        livespan.order("Emmy", "05-25");
        nextIs("Emmy", "[]");
        livespan.order("marker", "05-12");
        nextIs("marker", "[]");

        assertThat(spring.next().customers()).containsExactly("marker");
        assertThat(spring.events()).hasSize(2);
    }

    @Test
    void only_a_client_that_asks_for_positions_is_told_which_row_each_upserted_row_follows() throws Exception {
        var positioned = livespan.openAt(livespan.stream(
                "startDate",
                livespan.day("05-01"),
                "endDate",
                livespan.day("05-31"),
                "mode",
                "changes",
                "positions",
                "true"));
        assertThat(positioned.next().customers()).containsExactly("Ada", "Grace");

        livespan.execute("begin");
        livespan.order("Emmy", "05-10");
        livespan.order("Kurt", "05-25");
        livespan.execute("commit");
        nextIs("Emmy,Kurt", "[]");
        assertThat(JsonText.member(positioned.next().data(), "after"))
                .isEqualTo("[" + id("Ada") + "," + id("Grace") + "]");
    }

    private EventStream changes(String from, String to) {
        return livespan.openAt(
                livespan.stream("startDate", livespan.day(from), "endDate", livespan.day(to), "mode", "changes"));
    }

    private void nextIs(String customersUpserted, String keysRemoved) throws Exception {
        var change = next();
        assertThat(change.name()).isEqualTo("change");
        assertThat(String.join(",", Rows.customers(JsonText.member(change.data(), "upserted"))))
                .isEqualTo(customersUpserted);
        assertThat(JsonText.member(change.data(), "removed")).isEqualTo(keysRemoved);
        assertThat(JsonText.pieces(change.data())).hasSize(2);
    }

    /** The next event; after it, the rows of both clients and the plain result are equal byte for byte. */
    private Frame next() throws Exception {
        var event = changes.next();
        rows.take(event);
        var result = results.next();
        assertThat(result.name()).isNull();
        assertThat(rows.json()).isEqualTo(result.data());
        assertThat(event.id()).isEqualTo(result.id());
        var plain = livespan.get("05-01", "05-31");
        assertThat(plain.body()).isEqualTo(rows.json());
        assertThat(plain.headers().firstValue("ETag")).contains('"' + event.id() + '"');
        return event;
    }

    private void move(String id, String monthAndDay) throws Exception {
        livespan.execute("update orders set created_at = '" + livespan.day(monthAndDay) + "' where id = " + id);
    }

    private String id(String customer) throws Exception {
        return livespan.query(
                "select id from orders where customer = ? and created_at >= cast(? as timestamptz) order by created_at limit 1",
                customer,
                livespan.day("01-01"));
    }
}
