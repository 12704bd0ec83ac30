package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** Which tables are published, and which are refused because the log would not tell of them, or writers would fail. */
@BesideOthers
class PublishIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    private String published() throws SQLException {
        return db.query(
                "select string_agg(one, ' ' order by one) from (select format('%I.%I', schemaname, tablename) as one"
                        + " from pg_publication_tables where pubname = 'livespan') all_of_them");
    }

    @Test
    void a_table_is_published_until_it_is_unpublished_however_often_that_is_said() throws Exception {
        db.execute("create table orders (id int primary key, at date)", "create schema \"Odd, \"\"one\"");
        db.execute("create table \"Odd, \"\"one\".orders (id int primary key)");
        db.execute("select livespan.publish('orders')", "select livespan.publish('orders')");
        assertThat(published()).isEqualTo("public.orders");
        db.execute("select livespan.publish('\"Odd, \"\"one\".orders')");
        assertThat(published()).isEqualTo("\"Odd, \"\"one\".orders public.orders");
        db.execute("select livespan.unpublish('orders')", "select livespan.unpublish('orders')");
        assertThat(published()).isEqualTo("\"Odd, \"\"one\".orders");
    }

    @Test
    void a_published_table_has_no_triggers_and_may_be_watched_as_well() throws Exception {
        db.execute("create table orders (id int primary key, at date)", "select livespan.publish('orders')");
        assertThat(db.query("select count(*) from pg_trigger where not tgisinternal"))
                .isEqualTo("0");
        db.execute("select livespan.watch('orders', 'at')", "insert into orders values (1, '2026-05-01')");
        assertThat(db.heard()).containsExactly(WatchedDatabase.orders("insert", "2026-05-01", "2026-05-01"));
        db.execute("select livespan.unwatch('orders')");
        assertThat(published()).isEqualTo("public.orders");
    }

    @Test
    void partitions_go_with_their_table_and_later_ones_too() throws Exception {
        db.execute(
                "create table orders (id int, at date, primary key (id, at)) partition by range (at)",
                "create table y2026 partition of orders for values from ('2026-01-01') to ('2027-01-01')",
                "select livespan.publish('orders')",
                "create table others partition of orders default");
        assertThat(published()).isEqualTo("public.others public.y2026");
        assertThat(db.query("select pubviaroot from pg_publication"))
                .as("or a truncated partition is not told")
                .isEqualTo("f");
        db.execute("select livespan.unpublish('orders')");
        assertThat(published()).isNull();
    }

    @Test
    void inheriting_tables_are_published_with_their_parent_and_later_ones_when_it_is_published_again()
            throws Exception {
        db.execute(
                "create table orders (id int primary key, at date)",
                "create table special (primary key (id)) inherits (orders)",
                "select livespan.publish('orders')");
        assertThat(published()).isEqualTo("public.orders public.special");
        db.execute("create table late (primary key (id)) inherits (special)", "select livespan.publish('orders')");
        assertThat(published()).isEqualTo("public.late public.orders public.special");
        db.execute("select livespan.unpublish('orders')");
        assertThat(published()).isNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            create view v as select 1;                     v;     public.v cannot be published: it is a view
            create materialized view m as select 1;        m;     public.m cannot be published: it is a materialized view
            create temporary table tmp (id int primary key); tmp; it is a temporary table
            create unlogged table u (id int primary key);  u;     public.u cannot be published: it is an unlogged table
            create sequence s;                             s;     public.s cannot be published: it is not a table
            select 1;                                      pg_class; pg_class cannot be published: it is a system catalog
            """)
    void what_the_log_has_nothing_of_is_refused(String setup, String relation, String message) throws Exception {
        db.execute(setup);
        refused("livespan.publish('" + relation + "')", "42809", message);
    }

    @Test
    void parts_that_the_log_has_nothing_of_are_refused() throws Exception {
        db.execute(
                "create table orders (id int, at date, primary key (id, at)) partition by range (at)",
                "create table others partition of orders default",
                "create table plain (id int primary key)",
                "create unlogged table quick (primary key (id)) inherits (plain)");
        refused(
                "livespan.publish('plain')",
                "0A000",
                "its part public.quick is an unlogged table",
                "alter table public.quick set logged;");
        refused(
                "livespan.publish('others')",
                "42809",
                "it is a part of public.orders",
                "select livespan.publish('public.orders');");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table orders (id int, at date)",
                "create table orders (id int primary key deferrable, at date)",
                "create table orders (id int primary key, at date); alter table orders replica identity nothing",
                "create table orders (id int primary key, n int not null unique, at date);"
                        + " alter table orders replica identity using index orders_n_key; alter table orders drop constraint orders_n_key"
            })
    void a_table_whose_updates_postgresql_would_refuse_is_refused_with_what_to_do(String setup) throws Exception {
        db.execute(setup);
        refused(
                "livespan.publish('orders')",
                "55000",
                "public.orders cannot be published: each UPDATE and DELETE of it would fail, because its rows have no identity",
                "alter table public.orders replica identity ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table orders (id int primary key, at date)",
                "create table orders (id int not null unique, at date); alter table orders replica identity using index orders_id_key",
                "create table orders (id int, at date); alter table orders replica identity full"
            })
    void a_table_with_an_identity_is_published_and_its_writers_do_not_fail(String setup) throws Exception {
        db.execute(setup, "select livespan.publish('orders')");
        db.execute(
                "insert into orders values (1, '2026-05-01')",
                "update orders set id = 2, at = '2026-06-01'",
                "delete from orders",
                "truncate orders");
        assertThat(published()).isEqualTo("public.orders");
    }

    @Test
    void a_null_or_nonexistent_table_is_refused() {
        refused("livespan.publish(null)", "22004", "livespan.publish needs a table, but got null");
        refused("livespan.unpublish(null)", "22004", "livespan.unpublish needs a table, but got null");
        refused("livespan.publish(999999::oid)", "42P01", "There is no table with OID 999999");
    }

    @Test
    void two_sessions_may_publish_first_at_the_same_time() throws Exception {
        db.execute("create table a (id int primary key)", "create table b (id int primary key)", "begin");
        db.execute("select livespan.publish('a')");
        var other = CompletableFuture.runAsync(() -> {
            try (var second = db.connect();
                    var statement = second.createStatement()) {
                statement.execute("select livespan.publish('b')");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        db.execute("commit");
        other.join();
        assertThat(published()).isEqualTo("public.a public.b");
    }

    @Test
    void a_transaction_that_has_written_already_is_waited_for() throws Exception {
        db.execute("create table orders (id int primary key)", "begin", "insert into orders values (1)");
        try (var other = db.connect();
                var statement = other.createStatement()) {
            statement.execute("set lock_timeout = '100ms'");
            assertThatThrownBy(() -> statement.execute("select livespan.publish('orders')"))
                    .hasMessageContaining("lock timeout");
            db.execute("commit");
            statement.execute("select livespan.publish('orders')");
        }
        assertThat(published()).isEqualTo("public.orders");
    }

    @Test
    void a_publication_of_all_tables_has_each_of_them() throws Exception {
        db.execute("create table orders (id int primary key, at date)", "create publication livespan for all tables");
        db.execute("select livespan.publish('orders')", "select livespan.unpublish('orders')");
        assertThat(published()).isEqualTo("public.orders");
    }

    private void refused(String call, String state, String... message) {
        assertThatThrownBy(() -> db.execute("select " + call))
                .hasMessageContainingAll(message)
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .returns(state, SQLException::getSQLState);
    }
}
