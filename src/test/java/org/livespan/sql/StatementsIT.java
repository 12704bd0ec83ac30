package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.livespan.sql.WatchedDatabase.orders;
import static org.livespan.sql.WatchedDatabase.ordersMoved;

import java.io.StringReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.BesideOthers;
import org.postgresql.PGConnection;

/** A statement of any kind sends one notification for each of its operations, however many rows it changed. */
@BesideOthers
class StatementsIT {

    private static final String MAY = "2026-05-01T00:00:00Z";
    private static final String JUNE = "2026-06-01T00:00:00Z";
    private static final String JULY = "2026-07-01T00:00:00Z";
    private static final String AUGUST = "2026-08-01T00:00:00Z";

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void two_orders_in_a_watched_table() throws Exception {
        db.execute(
                "create table orders (id int primary key, created_at timestamptz)",
                "select livespan.watch('orders', 'created_at')",
                "insert into orders values (1, '" + MAY + "'), (2, '" + JUNE + "')");
        db.deafen();
    }

    @Test
    void an_insert_reports_the_date_of_its_row() throws Exception {
        db.execute("insert into orders values (3, '2026-11-23 12:30:00.123456+01')");
        assertThat(db.heard())
                .containsExactly("{\"key\": \"insert\", \"value\":"
                        + " \"public.orders|2026-11-23T11:30:00.123456Z|2026-11-23T11:30:00.123456Z\"}");
    }

    @Test
    void an_insert_of_many_rows_sends_one_notification_with_their_span() throws Exception {
        db.execute("insert into orders select n, timestamptz '" + MAY
                + "' + n * interval '1 s' from generate_series(3, 9000) n");
        assertThat(db.heard()).containsExactly(orders("insert", "2026-05-01T00:00:03Z", "2026-05-01T02:30:00Z"));
    }

    @Test
    void a_copy_sends_one_notification() throws Exception {
        db.writer().unwrap(PGConnection.class).getCopyAPI().copyIn("copy orders from stdin", new StringReader("""
                3\t2026-07-01 00:00:00+00
                4\t2026-05-01 00:00:00+00
                5\t\\N
                """));
        assertThat(db.heard()).containsExactly(orders("insert", MAY, JULY));
    }

    @Test
    void an_update_to_dates_that_lie_apart_reports_the_old_span_and_then_the_new_one() throws Exception {
        db.execute("update orders set created_at = '" + JULY + "' where id = 1");
        assertThat(db.heard()).containsExactly(ordersMoved(MAY, MAY, JULY, JULY));

        db.execute("update orders set created_at = '" + MAY + "' where id = 1");
        assertThat(db.heard()).containsExactly(ordersMoved(JULY, JULY, MAY, MAY));

        db.execute("update orders set created_at = created_at + interval '61 days'");
        assertThat(db.heard()).containsExactly(ordersMoved(MAY, JUNE, JULY, AUGUST));
    }

    @Test
    void an_update_whose_old_and_new_dates_meet_reports_one_span_over_both() throws Exception {
        db.execute("update orders set created_at = created_at + interval '31 days'");
        assertThat(db.heard()).containsExactly(orders("update", MAY, "2026-07-02T00:00:00Z"));

        db.execute("update orders set created_at = '" + JUNE + "'");
        assertThat(db.heard()).containsExactly(orders("update", JUNE, "2026-07-02T00:00:00Z"));

        db.execute(
                "update orders set created_at = case id when 1 then timestamptz '" + MAY + "' else '" + JULY + "' end");
        assertThat(db.heard()).containsExactly(orders("update", MAY, JULY));
    }

    @Test
    void an_update_that_does_not_change_the_dates_reports_them() throws Exception {
        db.execute("update orders set id = id + 10");
        assertThat(db.heard()).containsExactly(orders("update", MAY, JUNE));
    }

    @Test
    void a_delete_reports_the_dates_of_the_deleted_rows() throws Exception {
        db.execute("delete from orders");
        assertThat(db.heard()).containsExactly(orders("delete", MAY, JUNE));
    }

    @Test
    void a_truncate_reports_any_date_even_of_an_empty_table() throws Exception {
        db.execute("truncate orders", "truncate orders");
        assertThat(db.heard()).containsExactly(orders("truncate", "", ""), orders("truncate", "", ""));
    }

    @Test
    void an_insert_on_conflict_reports_what_it_inserted_and_what_it_updated() throws Exception {
        db.execute("insert into orders values (1, '" + JULY + "'), (3, '" + JUNE + "')"
                + " on conflict (id) do update set created_at = excluded.created_at");
        assertThat(db.heard())
                .containsExactlyInAnyOrder(orders("insert", JUNE, JUNE), ordersMoved(MAY, MAY, JULY, JULY));
    }

    @Test
    void an_insert_on_conflict_that_does_nothing_sends_nothing() throws Exception {
        db.execute("insert into orders values (1, '" + JULY + "') on conflict do nothing");
        assertThat(db.heard()).isEmpty();
    }

    @Test
    void a_merge_reports_each_of_its_operations() throws Exception {
        assumeTrue(db.majorVersion() >= 15, "MERGE came with PostgreSQL 15");
        db.execute("""
                merge into orders o
                using (values (1, '2026-07-01 00:00Z'::timestamptz), (2, null), (3, '2026-06-01 00:00Z')) as n (id, at) on o.id = n.id
                when matched and n.at is null then delete
                when matched then update set created_at = n.at
                when not matched then insert values (n.id, n.at)""");
        assertThat(db.heard())
                .containsExactlyInAnyOrder(
                        orders("insert", JUNE, JUNE), ordersMoved(MAY, MAY, JULY, JULY), orders("delete", JUNE, JUNE));
    }

    @Test
    void a_writable_cte_reports_each_of_its_operations() throws Exception {
        db.execute("with gone as (delete from orders where id = 1 returning *)"
                + " insert into orders select 3, timestamptz '" + JULY + "' from gone");
        assertThat(db.heard()).containsExactlyInAnyOrder(orders("delete", MAY, MAY), orders("insert", JULY, JULY));
    }

    @Test
    void a_cascade_reports_the_rows_it_deleted() throws Exception {
        db.execute(
                "create table customers (id int primary key)",
                "insert into customers values (1), (2)",
                "alter table orders add foreign key (id) references customers on delete cascade",
                "delete from customers");
        assertThat(db.heard()).containsExactly(orders("delete", MAY, JUNE));
    }

    @Test
    void a_truncate_that_cascades_is_reported() throws Exception {
        db.execute(
                "create table customers (id int primary key)",
                "insert into customers values (1), (2)",
                "alter table orders add foreign key (id) references customers",
                "truncate customers cascade");
        assertThat(db.heard()).containsExactly(orders("truncate", "", ""));
    }

    @Test
    void a_statement_that_touched_no_row_sends_nothing() throws Exception {
        db.execute(
                "insert into orders select * from orders where false",
                "update orders set created_at = now() where false",
                "delete from orders where false");
        assertThat(db.heard()).isEmpty();
    }
}
