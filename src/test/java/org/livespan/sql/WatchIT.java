package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watching and unwatching can be called as often as one likes. */
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

    @Test
    void watching_again_wakes_a_trigger_that_was_disabled_or_dropped() throws Exception {
        db.execute("alter table orders disable trigger livespan_insert", "drop trigger livespan_delete on orders");
        db.execute("select livespan.watch('orders', 'ordered')", INSERT, "delete from orders");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", "2026-05-01", "2026-05-01"), orders("delete", "2026-05-01", "2026-05-01"));
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

    private String watched() throws Exception {
        return db.query("select relation || ' ' || date_column || ' ' || channel from livespan.watched");
    }

    private String triggers() throws Exception {
        return db.query(
                "select string_agg(oid || '/' || xmin, ' ' order by oid) from pg_trigger where not tgisinternal");
    }
}
