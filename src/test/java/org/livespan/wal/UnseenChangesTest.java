package org.livespan.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;

/** When a commit that the log has can be read. */
class UnseenChangesTest {

    private static final Change ORDERS = Change.seen("public.orders");
    private static final Change READINGS = Change.seen("public.readings");

    private static Visible snapshot(String text) {
        return Visible.in(text);
    }

    private static Committed committed(int xid, Change... changes) {
        return new Committed(xid, List.of(changes), List.of());
    }

    @Test
    void a_commit_is_seen_once_and_only_when_a_snapshot_shows_it() {
        var unseen = new UnseenChanges(snapshot("100:100:"));
        unseen.add(committed(100, ORDERS));
        unseen.add(committed(101, READINGS));
        assertThat(unseen.isEmpty()).isFalse();
        assertThat(unseen.seenBy(snapshot("100:102:100"))).containsExactly(READINGS);
        assertThat(unseen.seenBy(snapshot("100:102:100"))).isEmpty();
        assertThat(unseen.isEmpty()).isFalse();
        assertThat(unseen.seenBy(snapshot("102:102:"))).containsExactly(ORDERS);
        assertThat(unseen.isEmpty()).isTrue();
    }

    @Test
    void equal_changes_that_are_seen_together_are_one() {
        var unseen = new UnseenChanges(snapshot("100:100:"));
        unseen.add(committed(100, ORDERS));
        unseen.add(committed(101, ORDERS));
        assertThat(unseen.seenBy(snapshot("102:102:"))).containsExactly(ORDERS);
    }

    @Test
    void a_transaction_that_had_not_ended_when_the_log_began_may_be_missing_there_and_so_everything_may_have_changed() {
        var unseen = new UnseenChanges(snapshot("90:100:90,95"));
        assertThat(unseen.isEmpty()).isFalse();
        assertThat(unseen.seenBy(snapshot("90:101:90,95"))).isEmpty();
        assertThat(unseen.seenBy(snapshot("95:101:95"))).containsExactly(Change.ANYTHING);
        assertThat(unseen.seenBy(snapshot("101:101:"))).containsExactly(Change.ANYTHING);
        assertThat(unseen.isEmpty()).isTrue();
        assertThat(unseen.seenBy(snapshot("101:101:"))).isEmpty();
    }

    @Test
    void one_that_is_in_the_log_is_not_missing_even_after_its_number_has_started_again() {
        long epoch = 1L << 32;
        var unseen = new UnseenChanges(snapshot((epoch + 90) + ":" + (epoch + 100) + ":" + (epoch + 90)));
        unseen.add(committed(90, ORDERS));
        assertThat(unseen.seenBy(snapshot((epoch + 100) + ":" + (epoch + 100) + ":")))
                .containsExactly(ORDERS);
        assertThat(unseen.isEmpty()).isTrue();
    }
}
