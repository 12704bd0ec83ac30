package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** Only a role that may watch a table can have a trigger function created for it. */
@BesideOthers
class NotifierRightsIT {

    private static final String WRITER = "writer_" + ProcessHandle.current().pid();

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_role_that_may_only_write_rows() throws Exception {
        db.execute(
                "create table orders (ordered date, shipped date)",
                "select livespan.watch('orders', 'ordered')",
                "create role " + WRITER,
                "grant insert on orders to " + WRITER);
    }

    @AfterEach
    void the_role_is_dropped() throws Exception {
        db.execute("reset role", "drop owned by " + WRITER, "drop role " + WRITER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select livespan.define_notifier('shipped')",
                "select livespan.define_notifier('anything')",
                "select livespan.prepare_notifier('orders', 'shipped')",
                "select livespan.prepare_notifier('orders', 'ordered')",
                "select livespan.watch('orders', 'shipped')",
                "select livespan.watch('orders', 'ordered', 'elsewhere')",
                "select livespan.unwatch('orders')"
            })
    void a_role_that_may_only_write_rows_is_refused(String statement) throws Exception {
        String before = functions();
        db.execute("set role " + WRITER);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> db.execute(statement))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        db.execute("reset role");
        assertThat(functions()).isEqualTo(before);
    }

    @Test
    void a_temporary_table_of_its_own_is_refused_too() throws Exception {
        db.execute(
                "set role " + WRITER,
                "create temporary table own (anything date)",
                "create trigger livespan_insert after insert on own for each statement when (false)"
                        + " execute function pg_catalog.suppress_redundant_updates_trigger()");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> db.execute("select livespan.prepare_notifier('own', 'anything')"))
                .withMessageContaining("it is a temporary table");
    }

    @Test
    void running_the_file_revokes_the_right_that_an_older_version_granted() throws Exception {
        db.execute("grant execute on function livespan.define_notifier(name) to public");
        db.run("livespan.sql");
        db.execute("set role " + WRITER);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> db.execute("select livespan.define_notifier('anything')"));
    }

    /** A function of the owner may call it for others: the role that logged in does not matter. */
    @Test
    void the_owner_of_a_table_may_delegate_the_right_to_watch_it() throws Exception {
        db.execute(
                "create function watch_orders() returns void language sql security definer"
                        + " as 'select livespan.watch(''orders'', ''shipped'')'",
                "set role " + WRITER,
                "select watch_orders()",
                "reset role",
                "insert into orders values ('2026-05-01', '2026-06-01')");
        assertThat(db.heard()).containsExactly(WatchedDatabase.orders("insert", "2026-06-01", "2026-06-01"));
    }

    private String functions() throws SQLException {
        return db.query("select string_agg(oid || ' ' || proname || ' ' || xmin, ', ' order by oid) from pg_proc"
                + " where pronamespace = 'livespan'::regnamespace");
    }
}
