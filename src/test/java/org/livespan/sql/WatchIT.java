package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** A table can be watched and unwatched any number of times. */
@BesideOthers
class WatchIT {

    private static final String INSERT = "insert into orders values ('2026-05-01', '2026-06-01')";

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_watched_table() throws Exception {
        db.execute("create table orders (ordered date, shipped date)", "select livespan.watch('orders', 'ordered')");
    }

    @Test
    void watching_again_changes_nothing() throws Exception {
        var before = triggers();
        db.execute("select livespan.watch('orders', 'ordered')");
        assertThat(triggers()).isEqualTo(before);
    }

    @Test
    void watching_again_does_not_wait_for_writers() throws Exception {
        try (var other = db.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(INSERT);
            db.execute("set lock_timeout = '1s'", "select livespan.watch('orders', 'ordered')");
        }
    }

    @Test
    void another_date_column_replaces_the_first() throws Exception {
        db.execute("select livespan.watch('orders', 'shipped')", INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", "2026-06-01", "2026-06-01"));
        assertThat(watched()).isEqualTo("orders shipped realtime");
    }

    @Test
    void another_channel_replaces_the_first() throws Exception {
        db.execute("select livespan.watch('orders', 'ordered', 'elsewhere')", INSERT);
        assertThat(db.heard()).isEmpty();
        assertThat(watched()).isEqualTo("orders ordered elsewhere");

        db.listen("elsewhere");
        db.execute(INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", "2026-05-01", "2026-05-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table orders disable trigger livespan_insert",
                "alter table orders disable trigger livespan_truncate",
                "alter table orders disable trigger user",
                "alter table orders disable trigger all",
                "alter table orders enable replica trigger livespan_update",
                "drop trigger livespan_insert on orders",
                "drop trigger livespan_delete on orders",
                "create or replace trigger livespan_truncate after truncate on orders"
                        + " for each statement execute function livespan.shipped('realtime')",
                "create or replace trigger livespan_truncate after truncate on orders"
                        + " for each statement execute function livespan.ordered('elsewhere')",
                "create or replace trigger livespan_truncate after truncate on orders"
                        + " for each statement execute function nothing('realtime')"
            })
    void a_table_whose_triggers_do_not_all_fire_is_not_listed_until_it_is_watched_again(String change)
            throws Exception {
        db.execute(
                "create function nothing() returns trigger language plpgsql as 'begin return null; end'",
                "create table others (shipped date)",
                "select livespan.watch('others', 'shipped')",
                "select livespan.unwatch('others')",
                change);
        assertThat(watched()).isNull();

        db.execute("select livespan.watch('orders', 'ordered')");
        assertThat(watched()).isEqualTo("orders ordered realtime");
        everyOperationIsTold();
    }

    @Test
    void a_table_with_triggers_for_origin_only_is_listed_and_watching_again_makes_them_fire_always() throws Exception {
        db.execute("alter table orders enable trigger livespan_insert, enable trigger livespan_truncate");
        assertThat(watched()).isEqualTo("orders ordered realtime");

        db.execute("select livespan.watch('orders', 'ordered')", "set session_replication_role = replica");
        everyOperationIsTold();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table orders disable trigger all",
                "alter table orders enable replica trigger livespan_insert",
                "drop trigger livespan_insert on orders",
                "alter trigger livespan_insert on orders rename to mine"
            })
    void unwatching_removes_what_is_left_of_the_triggers(String change) throws Exception {
        db.execute(change, "select livespan.unwatch('orders')");
        assertThat(triggers()).isNull();
    }

    @Test
    void an_unwatched_table_is_silent_and_has_no_trigger_left() throws Exception {
        db.execute("select livespan.unwatch('orders')", "select livespan.unwatch('orders')", INSERT);
        assertThat(db.heard()).isEmpty();
        assertThat(triggers()).isNull();
        assertThat(watched()).isNull();
    }

    @Test
    void the_file_can_be_run_again_and_keeps_what_is_watched() throws Exception {
        var before = triggers();
        db.run("livespan.sql");
        assertThat(triggers()).isEqualTo(before);
        assertThat(watched()).isEqualTo("orders ordered realtime");

        db.execute(INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", "2026-05-01", "2026-05-01"));
    }

    @Test
    void the_owner_of_a_table_may_watch_it_without_other_rights() throws Exception {
        db.execute(
                "grant create on schema public to pg_monitor",
                "set role pg_monitor",
                "create table own (of_its_own date)",
                "select livespan.watch('own', 'of_its_own')",
                "select * from livespan.watched",
                "insert into own values ('2026-05-01')",
                "select livespan.unwatch('own')",
                "reset role");
        assertThat(db.heard()).containsExactly(WatchedDatabase.payload("insert", "public.own|2026-05-01|2026-05-01"));
    }

    @Test
    void the_file_needs_no_superuser() throws Exception {
        db.execute("drop schema livespan cascade");
        db.execute(
                "do $$ begin execute format('grant create on database %I to pg_monitor', current_database()); end $$");
        db.execute("set role pg_monitor");
        db.run("livespan.sql");
        db.execute("reset role", "select livespan.watch('orders', 'ordered')", INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", "2026-05-01", "2026-05-01"));
    }

    private void everyOperationIsTold() throws Exception {
        db.execute(INSERT, "update orders set shipped = null", "delete from orders", "truncate orders");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-05-01", "2026-05-01"),
                        orders("update", "2026-05-01", "2026-05-01"),
                        orders("delete", "2026-05-01", "2026-05-01"),
                        orders("truncate", "", ""));
    }

    private String watched() throws Exception {
        return db.query("select relation || ' ' || date_column || ' ' || channel from livespan.watched");
    }

    private String triggers() throws Exception {
        return db.query(
                "select string_agg(oid || '/' || xmin, ' ' order by oid) from pg_trigger where not tgisinternal");
    }
}
