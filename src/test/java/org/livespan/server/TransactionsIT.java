package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;

/** Nothing is shown before it commits, and what commits together is shown together. */
@OnSharedServer
class TransactionsIT {

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream may;

    @BeforeEach
    void an_order_of_may_is_shown() throws Exception {
        livespan.order("Ada", "05-10");
        may = livespan.open("05-01", "05-31");
        assertThat(may.next().customers()).containsExactly("Ada");
    }

    @Test
    void a_transaction_of_several_statements_is_seen_whole() throws Exception {
        livespan.execute("begin");
        livespan.order("Emmy", "05-11");
        livespan.order("Grace", "05-12");
        livespan.execute("delete from orders where created_at = '" + livespan.day("05-10 12:00Z") + "'", "commit");

        assertThat(may.next().customers()).containsExactly("Emmy", "Grace");
    }

    @Test
    void uncommitted_rows_are_not_seen_even_if_others_commit_meanwhile() throws Exception {
        livespan.execute("begin");
        livespan.order("Emmy", "05-11");
        try (var other = TestDatabase.get().connect()) {
            Sql.query(other, Sql.INSERT, "Grace", livespan.day("05-12"));
        }
        assertThat(may.next().customers()).containsExactly("Ada", "Grace");

        livespan.execute("commit");
        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "Grace");
    }

    @Test
    void a_rollback_sends_nothing() throws Exception {
        livespan.execute("begin", "truncate orders", "rollback", "begin");
        livespan.order("Emmy", "05-11");
        livespan.execute("rollback");
        livespan.order("marker", "05-31");

        assertThat(may.next().customers()).containsExactly("Ada", "marker");
    }

    @Test
    void rows_rolled_back_to_a_savepoint_are_never_seen() throws Exception {
        livespan.execute("begin");
        livespan.order("Emmy", "05-11");
        livespan.execute("savepoint before_grace");
        livespan.order("Grace", "05-12");
        livespan.execute("rollback to before_grace");
        livespan.order("Kurt", "05-13");
        livespan.execute("commit");

        assertThat(may.next().customers()).containsExactly("Ada", "Emmy", "Kurt");
    }
}
