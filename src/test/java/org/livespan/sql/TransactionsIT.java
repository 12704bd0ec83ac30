package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.orders;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.BesideOthers;

/** A change is notified when it is committed, and only then. */
@BesideOthers
class TransactionsIT {

    private static final String MAY = "2026-05-01T00:00:00Z";
    private static final String JUNE = "2026-06-01T00:00:00Z";
    private static final String INSERT_MAY = "insert into orders values (5, '" + MAY + "')";
    private static final String INSERT_JUNE = "insert into orders values (6, '" + JUNE + "')";

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @BeforeEach
    void a_watched_table() throws Exception {
        db.execute(
                "create table orders (id int, created_at timestamptz)",
                "select livespan.watch('orders', 'created_at')");
    }

    @Test
    void nothing_is_sent_before_the_commit() throws Exception {
        db.execute("begin", INSERT_MAY);
        assertThat(db.heard()).isEmpty();

        db.execute("commit");
        assertThat(db.heard()).containsExactly(orders("insert", MAY, MAY));
    }

    @Test
    void a_transaction_of_many_statements_reports_each_in_order() throws Exception {
        db.execute("begin", INSERT_MAY, INSERT_JUNE, "delete from orders where id = 5", "commit");
        assertThat(db.heard())
                .containsExactly(orders("insert", MAY, MAY), orders("insert", JUNE, JUNE), orders("delete", MAY, MAY));
    }

    @Test
    void the_same_change_twice_in_a_transaction_is_notified_once() throws Exception {
        db.execute("begin", INSERT_MAY, INSERT_MAY, "commit");
        assertThat(db.heard()).containsExactly(orders("insert", MAY, MAY));
    }

    @Test
    void a_rollback_sends_nothing() throws Exception {
        db.execute("begin", INSERT_MAY, "rollback");
        assertThat(db.heard()).isEmpty();
    }

    @Test
    void a_rollback_to_a_savepoint_sends_only_what_came_before_it() throws Exception {
        db.execute("begin", INSERT_MAY, "savepoint s", INSERT_JUNE, "rollback to savepoint s", "commit");
        assertThat(db.heard()).containsExactly(orders("insert", MAY, MAY));
    }

    @Test
    void a_change_after_a_released_savepoint_is_sent() throws Exception {
        db.execute("begin", "savepoint s", INSERT_JUNE, "release savepoint s", "commit");
        assertThat(db.heard()).containsExactly(orders("insert", JUNE, JUNE));
    }

    @Test
    void each_of_several_statements_in_one_execute_is_reported() throws Exception {
        db.execute(INSERT_MAY + ";" + INSERT_JUNE);
        assertThat(db.heard()).containsExactly(orders("insert", MAY, MAY), orders("insert", JUNE, JUNE));
    }
}
