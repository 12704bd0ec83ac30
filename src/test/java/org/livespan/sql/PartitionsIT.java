package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;
import static org.livespan.sql.WatchedDatabase.ordersMoved;
import static org.livespan.sql.WatchedDatabase.payload;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** A partitioned table is one table: a write through the parent or to a partition is notified once, under the parent's name. */
@BesideOthers
class PartitionsIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_watched_table_with_partitions_at_two_levels() throws Exception {
        db.execute(
                "create table orders (id int, at date) partition by range (at)",
                "create table y2025 partition of orders for values from ('2025-01-01') to ('2026-01-01')",
                "create table y2026 partition of orders for values from ('2026-01-01') to ('2027-01-01')"
                        + " partition by range (at)",
                "create table h1 partition of y2026 for values from ('2026-01-01') to ('2026-07-01')",
                "create table h2 partition of y2026 for values from ('2026-07-01') to ('2027-01-01')",
                "select livespan.watch('orders', 'at')");
    }

    @Test
    void a_write_through_the_parent_sends_one_notification() throws Exception {
        db.execute(
                "insert into orders values (1, '2025-05-01'), (2, '2026-03-01'), (3, '2026-08-01')",
                "update orders set at = at + 1",
                "delete from orders");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2025-05-01", "2026-08-01"),
                        orders("update", "2025-05-01", "2026-08-02"),
                        orders("delete", "2025-05-02", "2026-08-02"));
    }

    @Test
    void a_row_that_moves_to_another_partition_reports_both_dates() throws Exception {
        db.execute("insert into orders values (1, '2025-05-01')");
        db.deafen();
        db.execute("update orders set at = '2026-08-01'");
        assertThat(db.heard()).containsExactly(ordersMoved("2025-05-01", "2025-05-01", "2026-08-01", "2026-08-01"));
    }

    @Test
    void a_write_directly_to_a_partition_is_notified_under_the_parents_name() throws Exception {
        db.execute(
                "insert into y2025 values (1, '2025-05-01')",
                "insert into y2026 values (2, '2026-03-01')",
                "update h1 set at = '2026-03-02'",
                "delete from h1");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2025-05-01", "2025-05-01"),
                        orders("insert", "2026-03-01", "2026-03-01"),
                        ordersMoved("2026-03-01", "2026-03-01", "2026-03-02", "2026-03-02"),
                        orders("delete", "2026-03-02", "2026-03-02"));
    }

    @Test
    void a_truncate_of_the_parent_or_of_a_partition_sends_one_notification() throws Exception {
        db.execute("truncate orders");
        assertThat(db.heard()).containsExactly(orders("truncate", "", ""));
        db.execute("truncate h2");
        assertThat(db.heard()).containsExactly(orders("truncate", "", ""));
    }

    @Test
    void a_partition_added_later_is_heard_through_the_parent_and_directly_once_watched_again() throws Exception {
        db.execute("create table y2027 partition of orders for values from ('2027-01-01') to ('2028-01-01')");
        db.execute("insert into orders values (1, '2027-05-01')");
        assertThat(db.heard()).containsExactly(orders("insert", "2027-05-01", "2027-05-01"));

        var triggersBefore = triggersOf("h1");
        db.execute("select livespan.watch('orders', 'at')", "insert into y2027 values (2, '2027-06-01')");
        assertThat(db.heard()).containsExactly(orders("insert", "2027-06-01", "2027-06-01"));
        assertThat(triggersOf("h1")).isEqualTo(triggersBefore);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table h1 disable trigger user",
                "alter table h1 disable trigger all",
                "alter table h1 enable replica trigger livespan_insert",
                "drop trigger livespan_insert on h1",
                "alter table orders disable trigger all"
            })
    void watching_again_fixes_the_triggers_of_the_table_and_of_its_partitions(String change) throws Exception {
        db.execute(change, "select livespan.watch('orders', 'at')");
        db.execute("insert into h1 values (1, '2026-03-01')", "insert into orders values (1, '2026-03-02')");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-03-01", "2026-03-01"), orders("insert", "2026-03-02", "2026-03-02"));
    }

    @Test
    void a_partition_is_notified_under_the_parents_name_even_if_the_parents_triggers_are_disabled() throws Exception {
        db.execute("alter table orders disable trigger user", "insert into h1 values (1, '2026-03-01')");
        assertThat(db.heard()).containsExactly(orders("insert", "2026-03-01", "2026-03-01"));
    }

    @Test
    void a_write_to_a_partition_is_notified_under_the_new_name_of_a_renamed_parent() throws Exception {
        db.execute("alter table orders rename to sales", "insert into h1 values (1, '2026-03-01')");
        assertThat(db.heard()).containsExactly(payload("insert", "public.sales|2026-03-01|2026-03-01"));
    }

    @Test
    void a_detached_partition_is_silent_and_can_be_watched_under_its_own_name() throws Exception {
        db.execute("alter table orders detach partition y2025", "insert into y2025 values (1, '2025-05-01')");
        assertThat(db.heard()).isEmpty();

        db.execute("select livespan.watch('y2025', 'at')", "insert into y2025 values (1, '2025-05-01')");
        assertThat(db.heard()).containsExactly(payload("insert", "public.y2025|2025-05-01|2025-05-01"));
    }

    @Test
    void only_the_table_that_watch_was_called_on_is_listed() throws Exception {
        assertThat(db.query("select string_agg(relation::text, ', ') from livespan.watched"))
                .isEqualTo("orders");
    }

    @Test
    void unwatch_covers_the_partitions() throws Exception {
        db.execute("select livespan.unwatch('orders')", "insert into h1 values (1, '2026-03-01')");
        assertThat(db.heard()).isEmpty();
        assertThat(db.query("select count(*) from pg_trigger where not tgisinternal"))
                .isEqualTo("0");
    }

    private String triggersOf(String table) throws Exception {
        return db.query("select string_agg(oid || '/' || xmin, ' ' order by oid) from pg_trigger where tgrelid = '"
                + table + "'::regclass");
    }
}
