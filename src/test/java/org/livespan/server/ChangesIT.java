package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;

/** Each kind of write, as seen by a client of the window of May. */
@OnSharedServer
class ChangesIT {

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;

    @BeforeEach
    void two_orders_of_may_are_shown() throws Exception {
        livespan.order("Ada", "05-10");
        livespan.order("Grace", "05-20");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada", "Grace");
    }

    @Test
    void an_insert_inside_the_window_is_seen() throws Exception {
        livespan.order("Emmy", "05-15");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "Grace");
    }

    @Test
    void an_insert_outside_the_window_is_not_seen() throws Exception {
        livespan.order("Alan", "04-30");
        livespan.order("Kurt", "06-01");
        livespan.order("marker", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada", "Grace", "marker");
    }

    @Test
    void an_update_in_place_is_seen() throws Exception {
        livespan.execute("update orders set customer = 'Lovelace' where " + is("Ada"));
        assertThat(may.next().customers()).containsExactly("Lovelace", "Grace");
    }

    @Test
    void an_update_of_the_date_within_the_window_reorders_the_rows() throws Exception {
        move("Ada", "05-30");
        assertThat(may.next().customers()).containsExactly("Grace", "Ada");
    }

    @Test
    void a_row_is_seen_to_leave_the_window_and_to_return() throws Exception {
        move("Ada", "06-10");
        assertThat(may.next().customers()).containsExactly("Grace");
        move("Ada", "05-11");
        assertThat(may.next().customers()).containsExactly("Ada", "Grace");
    }

    @Test
    void a_row_that_moves_between_two_windows_is_seen_in_both() throws Exception {
        var june = livespan.open("06-01", "06-30");
        assertThat(june.next().customers()).isEmpty();

        move("Ada", "06-10");

        assertThat(may.next().customers()).containsExactly("Grace");
        assertThat(june.next().customers()).containsExactly("Ada");
    }

    @Test
    void a_change_where_two_windows_overlap_is_seen_in_both_and_not_in_a_third() throws Exception {
        var spring = livespan.open("03-01", "05-15");
        var june = livespan.open("06-01", "06-30");
        assertThat(spring.next().customers()).containsExactly("Ada");
        assertThat(june.next().customers()).isEmpty();

        livespan.order("Emmy", "05-12");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "Grace");
        assertThat(spring.next().customers()).containsExactly("Ada", "Emmy");

        livespan.order("marker", "06-30");
        assertThat(june.next().customers()).containsExactly("marker");
    }

    @Test
    void a_delete_is_seen() throws Exception {
        livespan.execute("delete from orders where " + is("Ada"));
        assertThat(may.next().customers()).containsExactly("Grace");
        livespan.execute("delete from orders where " + is("Grace"));
        assertThat(may.next().data()).isEqualTo("[]");
    }

    @Test
    void a_statement_is_one_event_however_many_rows_it_touches() throws Exception {
        livespan.execute(
                "insert into orders (customer, amount, status, created_at) select 'many', n, 'new', timestamptz '"
                        + livespan.day("05-25") + "' + n * interval '1 second' from generate_series(1, 1000) n");
        assertThat(may.next().customers()).hasSize(1002);

        livespan.execute("delete from orders where " + is("many"));
        assertThat(may.next().customers()).containsExactly("Ada", "Grace");
    }

    @Test
    void a_copy_is_seen_as_one_event() throws Exception {
        livespan.connection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "copy orders (customer, amount, status, created_at) from stdin",
                        new StringReader("Emmy\t1\tnew\t" + livespan.day("05-01") + "\nKurt\t2\tnew\t"
                                + livespan.day("05-31") + "\nAlan\t3\tnew\t" + livespan.day("06-02") + "\n"));
        assertThat(may.next().customers()).containsExactly("Emmy", "Ada", "Grace", "Kurt");
    }

    @Test
    void an_insert_on_conflict_is_seen() throws Exception {
        livespan.execute(
                "insert into orders (id, customer, amount, status, created_at) select id, customer, 1, 'paid', '"
                        + livespan.day("06-10") + "' from orders where " + is("Ada")
                        + " on conflict (id) do update set created_at = excluded.created_at");
        assertThat(may.next().customers()).containsExactly("Grace");
    }

    @Test
    void a_merge_is_seen() throws Exception {
        int version = livespan.connection().getMetaData().getDatabaseMajorVersion();
        assumeTrue(version >= 15, "MERGE came with PostgreSQL 15");
        livespan.execute("merge into orders o using (select id from orders where " + is("Grace")
                + ") g on o.id = g.id when matched then update set customer = 'Hopper'");
        assertThat(may.next().customers()).containsExactly("Ada", "Hopper");
    }

    @Test
    void a_truncate_is_seen() throws Exception {
        livespan.execute("truncate orders");
        assertThat(may.next().data()).isEqualTo("[]");
        livespan.order("Emmy", "05-15");
        assertThat(may.next().customers()).containsExactly("Emmy");
    }

    @Test
    void a_write_that_leaves_the_rows_as_they_were_sends_nothing() throws Exception {
        livespan.execute("update orders set customer = customer where " + is("Ada"));
        livespan.execute(
                "begin",
                "insert into orders (customer, amount, status, created_at) values ('Emmy', 1, 'new', '"
                        + livespan.day("05-15") + "')",
                "delete from orders where " + is("Emmy"),
                "commit");
        livespan.order("marker", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada", "Grace", "marker");
        assertThat(may.events()).hasSize(2);
    }

    private void move(String customer, String monthAndDay) throws Exception {
        livespan.execute("update orders set created_at = '" + livespan.day(monthAndDay) + "' where " + is(customer));
    }

    private String is(String customer) {
        return "customer = '" + customer + "' and created_at between '" + livespan.day("01-01") + "' and '"
                + livespan.day("12-31") + "'";
    }
}
