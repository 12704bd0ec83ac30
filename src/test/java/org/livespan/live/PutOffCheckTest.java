package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Notifications that were put off, for more rows than are compared at once. */
class PutOffCheckTest {

    private static final int ROWS = 40_000;
    private static final Span ALL = new Span(0, ROWS);
    private static final Change FORGED = new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicLong clock = new AtomicLong();
    private final Pace pace = new Pace(new Allowance(1, Duration.ZERO, 0), clock::get);
    private final LiveFeed live = new TestNode(feed, executor)
            .with(new RowLimits(2 * ROWS, 2 * ROWS))
            .with(pace)
            .live();
    private final HeardResults all = new HeardResults();

    @BeforeEach
    void all_rows_are_shown_and_a_notification_is_put_off() {
        feed.toldTo(live::changed);
        feed.commit(transaction -> {
            for (int row = 0; row < ROWS; row++) {
                transaction.put(row, row, "0");
            }
        });
        live.open(Restriction.to(ALL), all, FirstResult.HELD);
        settle();
        pace.spend(1);
        live.changed(FORGED);
        feed.reads().clear();
    }

    @Test
    void all_rows_are_compared_slice_by_slice_and_none_are_read() {
        timePasses();
        assertThat(feed.reads()).hasSameSizeAs(feed.patiences()).hasSizeGreaterThan(1);
        assertThat(feed.reads().stream().reduce(SpanSet.NONE, SpanSet::plus).covers(ALL))
                .isTrue();
        assertThat(live.staleSince()).isEmpty();
        assertThat(all.results()).hasSize(1);
    }

    @Test
    void endless_forged_notifications_do_not_keep_the_last_row_from_being_compared() {
        feed.commitUnheard(transaction -> transaction.put(ROWS - 1, ROWS - 1, "1"));
        feed.beforeRead(() -> live.changed(FORGED));
        for (int step = 0; step < 1_000 && all.results().size() < 2; step++) {
            clock.addAndGet(Duration.ofHours(1).toNanos());
            executor.runNext();
        }
        assertThat(all.results()).hasSize(2).last().asString().endsWith(",1]");
    }

    @Test
    void a_commit_that_changes_the_first_and_the_last_row_is_shown_in_one_update() {
        feed.commitUnheard(transaction -> {
            transaction.put(0, 0, "1");
            transaction.put(ROWS - 1, ROWS - 1, "1");
        });
        timePasses();
        assertThat(all.results()).hasSize(2);
        assertThat(all.results()).last().asString().startsWith("[1,0,").endsWith(",0,1]");
    }

    @Test
    void a_commit_is_also_shown_in_one_update_if_a_new_window_waits_for_a_part_of_it() {
        feed.commitUnheard(transaction -> {
            transaction.put(0, 0, "1");
            transaction.put(ROWS - 1, ROWS - 1, "1");
        });
        live.open(Restriction.to(new Span(0, 0)), new HeardResults(), FirstResult.CURRENT);
        settle();
        assertThat(all.results()).hasSize(2);
        assertThat(all.results()).last().asString().startsWith("[1,0,").endsWith(",0,1]");
    }

    @Test
    void a_change_committed_during_a_comparison_is_read_on_its_own() {
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            feed.put(7, 7, "1");
        });
        timePasses();
        assertThat(all.results()).hasSize(2);
        assertThat(feed.reads()).filteredOn(spans -> spans.covers(ALL)).isEmpty();
        assertThat(feed.reads()).contains(SpanSet.of(List.of(new Span(7, 7))));
        assertThat(live.staleSince()).isEmpty();
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    private void timePasses() {
        while (executor.waiting() > 0) {
            clock.addAndGet(Duration.ofHours(1).toNanos());
            executor.runNext();
        }
    }
}
