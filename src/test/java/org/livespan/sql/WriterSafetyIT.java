package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;
import static org.livespan.sql.WatchedDatabase.ordersMoved;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** No writer's transaction fails because of Livespan, and none of its changes is lost. */
@BesideOthers
class WriterSafetyIT {

    private static final String NOON = "2026-11-23T12:00:00Z";
    private static final String NEXT_NOON = "2026-11-24T12:00:00Z";
    private static final String INSERT = "insert into public.orders values (1, '" + NOON + "')";

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_watched_table() throws Exception {
        db.execute(
                "create table orders (id int, at timestamptz)",
                "select livespan.watch('orders', 'at')",
                "insert into orders values (0, '" + NOON + "')");
        db.deafen();
    }

    @Test
    void a_writer_needs_only_the_right_to_write() throws Exception {
        db.execute(
                "create table sales (at date) partition by range (at)",
                "create table sales_2026 partition of sales for values from ('2026-01-01') to ('2027-01-01')",
                "select livespan.watch('sales', 'at')",
                "revoke all on schema livespan from public",
                "revoke all on all functions in schema livespan from public",
                "revoke all on schema public from public",
                "grant usage on schema public to pg_monitor",
                "grant insert on orders, sales_2026 to pg_monitor",
                "set role pg_monitor",
                INSERT,
                "insert into public.sales_2026 values ('2026-05-01')",
                "reset role");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", NOON, NOON),
                        WatchedDatabase.payload("insert", "public.sales|2026-05-01|2026-05-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table orders rename column at to moment",
                "alter table orders drop column at",
                "alter table orders alter column at type text using to_char(at, 'DD.MM.YYYY')",
                "alter table orders alter column at type text using '2026-11-23|2026-11-24'",
                "alter table orders alter column at type text using rpad('2026-11-23T', 9000, '1')",
                "alter table orders alter column at type int using 20261123",
                "alter table orders alter column at type tstzrange using tstzrange(at, at, '[]')",
                "alter table orders alter column at type json using to_json(at)"
            })
    void changes_are_sent_as_any_date_once_the_date_column_is_gone_or_not_a_date(String change) throws Exception {
        db.execute(change, "insert into orders select * from orders", "update orders set id = 2", "delete from orders");
        assertThat(db.heard())
                .containsExactly(orders("insert", "", ""), orders("update", "", ""), orders("delete", "", ""));

        db.execute("delete from orders");
        assertThat(db.heard()).as("a statement that touches no row").isEmpty();
    }

    @Test
    void a_date_column_altered_to_a_timestamp_is_sent_as_a_timestamp() throws Exception {
        db.execute("alter table orders alter column at type timestamp using at at time zone 'Europe/Berlin'");
        db.execute("update orders set id = 2");
        assertThat(db.heard()).containsExactly(orders("update", "2026-11-23T13:00:00", "2026-11-23T13:00:00"));
    }

    @Test
    void a_change_is_sent_even_if_session_replication_role_is_replica() throws Exception {
        db.execute("set session_replication_role = replica", INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", NOON, NOON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set standard_conforming_strings = off",
                "set plpgsql.extra_errors = 'all'",
                "set plpgsql.variable_conflict = 'error'",
                "set quote_all_identifiers = on",
                "set bytea_output = 'escape'",
                "set jit_above_cost = 0",
                "set timezone = 'Asia/Tokyo'"
            })
    void no_setting_of_the_session_matters(String setting) throws Exception {
        db.execute(setting, INSERT, "update orders set id = 2", "update orders set at = '" + NEXT_NOON + "'");
        db.execute("delete from orders");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", NOON, NOON),
                        orders("update", NOON, NOON),
                        ordersMoved(NOON, NOON, NEXT_NOON, NEXT_NOON),
                        orders("delete", NEXT_NOON, NEXT_NOON));
    }

    @Test
    void a_hostile_search_path_changes_nothing() throws Exception {
        db.execute(
                "create schema evil",
                "create function evil.fail(text) returns text language plpgsql as 'begin raise exception ''evil''; end'",
                "create function evil.before(timestamptz, timestamptz) returns boolean language sql as"
                        + " 'select evil.fail(null) is null'",
                "create operator evil.< (leftarg = timestamptz, rightarg = timestamptz, function = evil.before)",
                "create function evil.min(timestamptz) returns timestamptz language sql as 'select null::timestamptz'",
                "create function evil.to_jsonb(timestamptz) returns jsonb language sql as 'select evil.fail(null)::jsonb'",
                "create function evil.lower(text) returns text language sql as 'select evil.fail($1)'",
                "create function evil.pg_notify(text, text) returns void language sql as 'select evil.fail($1)'",
                "create function evil.concat(text, text) returns text language sql as 'select evil.fail($1)'",
                "create operator evil.|| (leftarg = text, rightarg = text, function = evil.concat)",
                "create table evil.new_rows (at timestamptz)",
                "create temporary table old_rows (at timestamptz)",
                "create temporary table pg_trigger ()",
                "set search_path = evil, pg_temp, pg_catalog",
                INSERT,
                "update public.orders set id = 2",
                "delete from public.orders",
                "select livespan.watch('public.orders', 'at', 'realtime')",
                "select livespan.unwatch('public.orders')",
                "select livespan.watch('public.orders', 'at')");
        assertThat(db.heard())
                .containsExactly(
                        orders("insert", NOON, NOON), orders("update", NOON, NOON), orders("delete", NOON, NOON));
        db.run("livespan.sql");
        db.execute(INSERT);
        assertThat(db.heard()).containsExactly(orders("insert", NOON, NOON));
    }

    @Test
    void a_cast_of_the_owners_column_type_never_runs_with_more_than_the_writers_rights() throws Exception {
        db.execute(
                "create type sly as (at text)",
                "create table ran_as (who name)",
                "grant insert on ran_as to public",
                "create function sly_text(sly) returns text language plpgsql as"
                        + " 'begin insert into public.ran_as values (current_user); return null; end'",
                "create cast (sly as text) with function sly_text(sly) as implicit",
                "alter table orders alter column at type sly using row(at::text)::sly",
                "grant insert on orders to pg_monitor",
                "set role pg_monitor",
                "insert into orders values (1, row('now')::sly)",
                "reset role");
        assertThat(db.query("select string_agg(distinct who, ', ') from ran_as"))
                .isIn(null, "pg_monitor");
        assertThat(db.heard()).containsExactly(orders("insert", "", ""));
    }
}
