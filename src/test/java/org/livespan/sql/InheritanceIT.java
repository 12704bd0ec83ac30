package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.BesideOthers;

/** Tables that inherit from a watched table hold rows of it, so they are watched as partitions are. */
@BesideOthers
class InheritanceIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_watched_table_that_others_inherit_from() throws Exception {
        db.execute(
                "create table orders (id int, at date)",
                "create table special (gift text) inherits (orders)",
                "create table very_special () inherits (special)",
                "select livespan.watch('orders', 'at')");
    }

    @Test
    void a_write_through_the_parent_sends_one_notification() throws Exception {
        db.execute("insert into orders values (1, '2026-05-01')", "insert into very_special values (2, '2026-06-01')");
        db.deafen();
        db.execute("update orders set at = at + 1", "delete from orders", "truncate orders");
        assertThat(db.heard())
                .containsExactly(
                        orders("update", "2026-05-01", "2026-06-02"),
                        orders("delete", "2026-05-02", "2026-06-02"),
                        orders("truncate", "", ""));
    }

    @Test
    void a_write_directly_to_a_child_is_notified_under_the_parents_name() throws Exception {
        db.execute("insert into special values (1, '2026-05-01')", "insert into very_special values (2, '2026-06-01')");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-05-01", "2026-05-01"), orders("insert", "2026-06-01", "2026-06-01"));
    }

    @Test
    void a_child_added_later_is_notified_under_the_parents_name_once_the_parent_is_watched_again() throws Exception {
        db.execute("create table late () inherits (orders)", "create table later () inherits (late)");
        db.execute("select livespan.watch('orders', 'at')");
        db.execute(
                "insert into late values (1, '2026-05-01')",
                "insert into later values (2, '2026-06-01')",
                "update later set id = 3",
                "delete from late",
                "truncate later");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-05-01", "2026-05-01"),
                        orders("insert", "2026-06-01", "2026-06-01"),
                        orders("update", "2026-06-01", "2026-06-01"),
                        orders("delete", "2026-05-01", "2026-06-01"),
                        orders("truncate", "", ""));
    }

    @Test
    void watching_again_fixes_the_triggers_of_children() throws Exception {
        db.execute("alter table special disable trigger user", "drop trigger livespan_insert on very_special");
        db.execute("select livespan.watch('orders', 'at')");
        db.execute("insert into special values (1, '2026-05-01')", "insert into very_special values (2, '2026-06-01')");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-05-01", "2026-05-01"), orders("insert", "2026-06-01", "2026-06-01"));
    }

    @Test
    void a_child_that_no_longer_inherits_is_silent() throws Exception {
        db.execute("alter table special no inherit orders", "insert into special values (1, '2026-05-01')");
        assertThat(db.heard()).isEmpty();
    }

    @Test
    void a_temporary_child_of_another_session_is_left_alone() throws Exception {
        try (var other = db.connect();
                var statement = other.createStatement()) {
            statement.execute("create temporary table mine () inherits (orders)");
            db.execute("select livespan.watch('orders', 'at', 'elsewhere')", "select livespan.unwatch('orders')");
        }
        assertThat(db.query("select count(*) from livespan.watched")).isEqualTo("0");
    }
}
