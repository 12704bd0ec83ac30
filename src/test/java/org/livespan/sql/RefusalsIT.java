package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** What cannot be watched is refused with an error that names it and says why, or what to do instead. */
@BesideOthers
class RefusalsIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            create view v as select now() as at;             v;       public.v cannot be watched: it is a view
            create materialized view m as select now() as at; m;      public.m cannot be watched: it is a materialized view
            create temporary table tmp (at date);            tmp;     it is a temporary table
            create sequence s;                               s;       public.s cannot be watched: it is not a table
            create type c as (at date);                      c;       public.c cannot be watched: it is not a table
            create table o (at date primary key);            o_pkey;  public.o_pkey cannot be watched: it is not a table
            select 1;                                        pg_stat_activity; pg_stat_activity cannot be watched: it is a view
            select 1;                                        pg_class; pg_class cannot be watched: it is a system catalog
            select 1;                                        information_schema.sql_features; it is a system catalog
            """)
    void all_but_permanent_user_tables_are_refused(String setup, String relation, String message) throws Exception {
        db.execute(setup);
        refused("livespan.watch('" + relation + "', 'at')", "42809", message);
    }

    @Test
    void a_foreign_table_and_a_table_with_a_foreign_partition_are_refused() throws Exception {
        db.execute(
                "create foreign data wrapper w",
                "create server s foreign data wrapper w",
                "create foreign table f (at date) server s",
                "create table orders (at date) partition by range (at)",
                "create foreign table far partition of orders default server s");
        refused("livespan.watch('f', 'at')", "42809", "public.f cannot be watched: it is a foreign table");
        refused(
                "livespan.watch('orders', 'at')",
                "0A000",
                "public.orders cannot be watched: its part public.far is a foreign table");
    }

    @Test
    void a_partition_is_refused_with_the_statement_that_watches_the_whole_table() throws Exception {
        db.execute(
                "create table \"my orders\" (at date) partition by range (at)",
                "create table y2026 partition of \"my orders\" default partition by range (at)",
                "create table h1 partition of y2026 default");
        var right = "select livespan.watch('public.\"my orders\"', 'at');";
        refused("livespan.watch('y2026', 'at')", "42809", "public.y2026 cannot be watched", right);
        refused("livespan.watch('h1', 'at')", "42809", "public.h1 cannot be watched", right);
    }

    @Test
    void a_child_and_a_table_whose_child_has_another_parent_are_refused() throws Exception {
        db.execute("create table a (at date)", "create table b (at date)", "create table c () inherits (a, b)");
        refused("livespan.watch('c', 'at')", "42809", "public.c cannot be watched: it is a part of public.");
        refused("livespan.watch('a', 'at')", "0A000", "public.c inherits from another table too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "alter table y2026 disable trigger user",
                "alter table y2026 enable replica trigger livespan_insert",
                "drop trigger livespan_insert on y2026"
            })
    void a_table_whose_partition_is_watched_by_itself_is_refused_even_if_its_triggers_do_not_fire(String change)
            throws Exception {
        db.execute(
                "create table orders (at date) partition by range (at)",
                "create table y2026 (at date)",
                "select livespan.watch('y2026', 'at')",
                change,
                "alter table orders attach partition y2026 default");
        refused(
                "livespan.watch('orders', 'at')",
                "55006",
                "its part public.y2026 is watched under its own name",
                "select livespan.unwatch('public.y2026')");

        db.execute("select livespan.unwatch('y2026')", "select livespan.watch('orders', 'at')");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            'nothing';  42703; public.orders has no column nothing
            'At';       42703; public.orders has no column "At"
            'gone';     42703; public.orders has no column gone
            'xmin';     42703; public.orders has no column xmin
            'id';       42804; Column id of public.orders is not a date: its type is integer
            'clock';    42804; Column clock of public.orders is not a date: its type is time without time zone
            'dates';    42804; Column dates of public.orders is not a date: its type is date[]
            'name';     42804; Column name of public.orders is not a date: its type is text
            null;       22004; livespan.watch needs a date column, but got null
            'at', '';   22023; livespan.watch needs a channel, but got an empty name
            'at', null; 22004; livespan.watch needs a channel, but got null
            """)
    void a_column_that_is_missing_or_not_a_date_and_a_missing_channel_are_refused(
            String arguments, String state, String message) throws Exception {
        db.execute(
                "create domain label as text",
                "create table orders (id int, at date, clock time, dates date[], name label, gone date)",
                "alter table orders drop column gone");
        refused("livespan.watch('orders', " + arguments + ")", state, message);
    }

    @Test
    void a_null_or_nonexistent_table_is_refused() {
        refused("livespan.watch(null, 'at')", "22004", "livespan.watch needs a table, but got null");
        refused("livespan.unwatch(null)", "22004", "livespan.unwatch needs a table, but got null");
        refused("livespan.watch(999999::oid, 'at')", "42P01", "There is no table with OID 999999");
        refused("livespan.watch('nowhere', 'at')", "42P01", "\"nowhere\" does not exist");
    }

    private void refused(String call, String state, String... message) {
        assertThatThrownBy(() -> db.execute("select " + call))
                .hasMessageContainingAll(message)
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns(state, SQLException::getSQLState);
    }
}
