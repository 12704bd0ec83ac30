package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes that come faster than a window can be read. */
@OnSharedServer
class BurstIT {

    private static final int ROUNDS = 40;
    private static final int CHANGES = 4;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    /** A window that is slow to read, so that the later changes of a burst come while the first is being read. */
    @Test
    void the_last_change_of_a_burst_is_never_lost() throws Exception {
        livespan.largeOrders(1_500, 2_000);
        var id = livespan.query(Sql.INSERT, "0", livespan.day("05-20"));
        var may = livespan.open("05-01", "05-31");
        assertThat(last(may.next())).isEqualTo("0");

        for (int change = 1; change <= ROUNDS * CHANGES; change++) {
            livespan.query("update orders set customer = ? where id = cast(? as bigint) returning id", "" + change, id);
            if (change % CHANGES == 0) {
                var shown = last(may.next());
                while (!shown.equals("" + change)) {
                    shown = last(may.next());
                }
            }
        }
        assertThat(may.events()).hasSizeLessThanOrEqualTo(1 + ROUNDS * CHANGES);
    }

    private static String last(Frame event) {
        var customers = event.customers();
        return customers.get(customers.size() - 1);
    }
}
