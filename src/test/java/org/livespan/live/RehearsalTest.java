package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done before clients come, so that the JVM has compiled it. */
class RehearsalTest {

    private final FakeFeed real = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final Rehearsal rehearsal = new Rehearsal(real, new TestNode(real, executor).node());
    private final HeardResults results = new HeardResults();

    private Window window;

    @BeforeEach
    void it_begins() {
        window = rehearsal.open(results);
        executor.runDue();
    }

    @Test
    void each_change_is_read_and_shown_like_any_other() {
        for (int round = 1; round <= 150; round++) {
            rehearsal.change(round);
            executor.runAll();
        }
        assertThat(results.changes()).hasSize(150);
        assertThat(results.digests()).doesNotHaveDuplicates();
        assertThat(window.present().result().digest())
                .isEqualTo(results.digests().get(150));
    }

    @Test
    void the_real_table_is_read_beside_it_out_of_the_way_of_others() {
        rehearsal.change(1);
        executor.runAll();
        assertThat(real.reads()).isNotEmpty();
        assertThat(real.patiences()).isNotEmpty();
    }

    @Test
    void a_change_is_one_row_and_read_where_that_is() {
        real.reads().clear();
        rehearsal.change(1);
        executor.runAll();
        assertThat(real.reads()).hasSize(1).allMatch(read -> !read.isLongerThan(0));
        assertThat(results.changes()).hasSize(1).allMatch(change -> change.contains("\"id\":1,"));
    }

    @Test
    void after_its_end_nothing_is_read() {
        rehearsal.close();
        real.reads().clear();
        rehearsal.change(1);
        executor.runNext();
        assertThat(real.reads()).isEmpty();
        assertThat(results.changes()).isEmpty();
    }

    @Test
    void a_table_that_cannot_be_read_is_left_alone_and_the_rest_goes_on() {
        real.goDown();
        rehearsal.change(1);
        executor.runAll();
        real.comeBack();
        real.reads().clear();
        rehearsal.change(2);
        executor.runAll();
        assertThat(results.changes()).hasSize(2);
        assertThat(real.reads()).isEmpty();
    }
}
