package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.live.FeedAudit.Outcome;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Goes through all held rows of a feed, slice by slice, at times that the test determines. */
class FeedAuditTest {

    private static final Span DAY = new Span(0, 499);
    private static final int ROWS = 10;
    private static final int SLICE = 3;
    private static final int SLICES = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(100);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final Findings findings = new Findings(new TableMonitor());
    private final LiveFeed live =
            new TestNode(feed, executor).with(findings).with(Duration.ZERO).live();
    private final HeardResults atDay = new HeardResults();
    private final FeedAudit audit = live.audit(new SliceSize(SLICE, SLICE, SLICE));
    private long now = System.nanoTime();
    private Window window;

    @BeforeEach
    void a_window_shows_ten_rows() {
        feed.toldTo(live::changed);
        feed.commit(transaction -> {
            for (int row = 0; row < ROWS; row++) {
                transaction.put(row, 40 * row, json(row, 0));
            }
        });
        window = live.open(Restriction.to(DAY), atDay, FirstResult.HELD);
        settle();
        feed.reads().clear();
        audit.isNeeded(now);
    }

    @Test
    void each_held_row_is_compared_once_per_cycle_in_the_order_of_the_dates() {
        for (int cycle = 0; cycle < 3; cycle++) {
            feed.reads().clear();
            assertThat(outcomes(SLICES))
                    .containsExactly(Outcome.SAME, Outcome.SAME, Outcome.SAME, Outcome.SAME_AND_LAST);
            assertThat(feed.reads())
                    .containsExactly(spans(0, 80), spans(81, 200), spans(201, 320), spans(321, DAY.end()));
        }
        assertThat(findings.count()).isZero();
    }

    @Test
    void rows_with_the_same_date_are_in_one_slice() {
        feed.commit(transaction -> {
            for (int row = 0; row < ROWS; row++) {
                transaction.put(row, 40, json(row, 0));
            }
        });
        settle();
        feed.reads().clear();
        assertThat(outcomes(2)).containsExactly(Outcome.SAME, Outcome.SAME_AND_LAST);
        assertThat(feed.reads()).containsExactly(spans(0, 40), spans(41, DAY.end()));
    }

    @Test
    void the_slices_are_due_evenly_over_the_interval_and_the_next_cycle_is_due_after_it() {
        long begin = now;
        var due = new ArrayList<Long>();
        for (int slice = 0; slice < SLICES; slice++) {
            due.add(seconds(audit.due(INTERVAL) - begin));
            passes(Duration.ofSeconds(1));
            audit.compare(now);
        }
        assertThat(due).containsExactly(0L, 30L, 60L, 90L);
        assertThat(seconds(audit.due(INTERVAL) - begin)).isEqualTo(100);
        passes(Duration.ofSeconds(96));
        audit.compare(now);
        assertThat(seconds(audit.due(INTERVAL) - begin))
                .as("counted from when the cycle began")
                .isEqualTo(130);
    }

    @Test
    void the_age_is_that_of_the_part_that_was_compared_longest_ago() {
        assertThat(age()).isZero();
        for (int slice = 0; slice < SLICES; slice++) {
            passes(Duration.ofSeconds(10));
            assertThat(age()).as("not all was compared yet").isEqualTo(10 * (slice + 1));
            audit.compare(now);
        }
        assertThat(age()).as("the first slice").isEqualTo(30);
        passes(Duration.ofSeconds(5));
        audit.compare(now);
        assertThat(age()).as("now the second").isEqualTo(25);
    }

    @Test
    void slice_boundaries_of_the_previous_cycle_do_not_matter() {
        outcomes(SLICES);
        passes(INTERVAL);
        feed.put(50, 30, json(50, 0));
        settle();
        outcomes(SLICES);
        assertThat(age()).isZero();
    }

    @Test
    void a_cycle_that_takes_longer_than_the_interval_is_late() {
        passes(INTERVAL);
        audit.compare(now);
        assertThat(audit.isLate(now, INTERVAL)).isFalse();
        passes(Duration.ofNanos(1));
        audit.compare(now);
        assertThat(audit.isLate(now, INTERVAL)).isTrue();
    }

    @Test
    void a_cycle_in_which_the_database_did_not_answer_is_not_late() {
        feed.goDown();
        FeedUnavailableException failure = fails();
        audit.failed(failure, now);
        passes(INTERVAL.multipliedBy(2));
        assertThat(audit.isLate(now, INTERVAL)).isFalse();
        feed.comeBack();
        audit.compare(now);
        assertThat(audit.isLate(now, INTERVAL)).isFalse();
    }

    @Test
    void a_minimum_slice_that_times_out_gets_more_time_and_the_cycle_is_late_if_that_is_in_vain() {
        feed.beforeRead(() -> {
            throw new FeedUnavailableException("orders", new SQLException("canceling statement", "57014"));
        });
        for (int tries = 0; tries < 5; tries++) {
            audit.failed(fails(), now);
            passes(INTERVAL);
        }
        assertThat(feed.patiences()).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 30L, 30L);
        assertThat(audit.isLate(now, INTERVAL)).isTrue();
    }

    @Test
    void waiting_in_vain_for_a_lock_does_not_count_as_work_but_a_timeout_of_the_statement_does() {
        feed.beforeRead(() -> {
            throw new FeedUnavailableException("orders", new SQLException("canceling statement", "55P03"));
        });
        audit.failed(fails(), now);
        assertThat(audit.took()).isZero();

        feed.beforeRead(() -> {
            throw new FeedUnavailableException("orders", new SQLException("canceling statement", "57014"));
        });
        audit.failed(fails(), now);
        assertThat(audit.took()).as("the database was at work until it gave up").isPositive();
    }

    @Test
    void a_slice_that_differs_is_compared_three_times_and_then_read() {
        feed.commitUnheard(transaction -> transaction.put(1, 40, json(1, 1)));
        assertThat(outcomes(2)).containsExactly(Outcome.DIFFERENT, Outcome.DIFFERENT);
        assertThat(executor.waiting()).isZero();
        assertThat(audit.isClean()).isTrue();
        assertThat(outcomes(1)).containsExactly(Outcome.SUSPECT);
        assertThat(audit.isClean()).isFalse();
        settle();
        assertThat(feed.reads()).containsOnly(spans(0, 80)).hasSize(4);
        assertThat(atDay.results()).last().asString().contains(json(1, 1));
        assertThat(findings.count()).isEqualTo(1);
        assertThat(outcomes(SLICES - 1)).as("it goes on behind it").doesNotContain(Outcome.DIFFERENT);
        assertThat(outcomes(SLICES)).endsWith(Outcome.SAME_AND_LAST);
        assertThat(audit.isClean()).isTrue();
    }

    @Test
    void a_difference_whose_notification_is_on_its_way_is_gone_once_read_and_is_no_finding() {
        feed.put(1, 40, json(1, 1));
        assertThat(outcomes(1)).containsExactly(Outcome.DIFFERENT);
        feed.hearAll();
        settle();
        assertThat(outcomes(SLICES)).doesNotContain(Outcome.DIFFERENT, Outcome.SUSPECT);
        assertThat(findings.count()).isZero();
    }

    @Test
    void a_row_inserted_or_deleted_without_a_notification_is_found_anywhere_in_the_held_span() {
        for (long date : new long[] {0, 81, 399, DAY.end()}) {
            feed.commitUnheard(transaction -> transaction.put(50, date, json(50, 0)));
            assertThat(outcomes(SLICES + 2)).contains(Outcome.SUSPECT);
            settle();
            assertThat(atDay.results()).last().asString().contains(json(50, 0));
            feed.commitUnheard(transaction -> transaction.delete(50));
            assertThat(outcomes(SLICES + 4)).contains(Outcome.SUSPECT);
            settle();
            assertThat(atDay.results()).last().asString().doesNotContain(json(50, 0));
        }
    }

    @Test
    void spans_that_changes_have_touched_are_left_to_the_refresh() {
        feed.put(1, 40, json(1, 1));
        feed.hearAll();
        assertThat(outcomes(1)).containsExactly(Outcome.SAME);
        assertThat(feed.reads()).containsExactly(SpanSet.of(List.of(new Span(0, 39), new Span(41, 80))));
    }

    @Test
    void spans_that_a_refresh_is_reading_are_left_to_it() {
        feed.put(1, 40, json(1, 1));
        feed.hearAll();
        var compared = new ArrayList<Outcome>();
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            compared.addAll(outcomes(1));
        });
        settle();
        assertThat(compared).containsExactly(Outcome.SAME);
        assertThat(feed.reads()).endsWith(SpanSet.of(List.of(new Span(0, 39), new Span(41, 80))));
    }

    @Test
    void a_slice_of_which_everything_was_touched_is_not_queried() {
        feed.barrier().lose();
        feed.toldTo(live::changed);
        feed.connected();
        assertThat(outcomes(SLICES)).endsWith(Outcome.SAME_AND_LAST);
        assertThat(feed.reads()).isEmpty();
    }

    @Test
    void there_is_nothing_to_compare_while_nothing_is_held() {
        assertThat(audit.isNeeded(now)).isTrue();
        window.close();
        executor.runAll();
        assertThat(audit.isNeeded(now)).isFalse();
        passes(INTERVAL);
        assertThat(age()).isZero();

        live.open(Restriction.to(DAY), atDay, FirstResult.HELD);
        settle();
        assertThat(audit.isNeeded(now)).isTrue();
        assertThat(audit.due(INTERVAL)).as("it begins anew").isEqualTo(now);
        assertThat(age()).isZero();
    }

    @Test
    void a_slice_that_the_audit_may_no_longer_read_is_read_by_a_refresh() {
        audit.forbidden();
        settle();
        assertThat(feed.reads()).containsExactly(spans(0, 80));
    }

    private List<Outcome> outcomes(int slices) {
        var outcomes = new ArrayList<Outcome>();
        for (int slice = 0; slice < slices; slice++) {
            passes(Duration.ofMillis(1));
            outcomes.add(audit.compare(now));
        }
        return outcomes;
    }

    private FeedUnavailableException fails() {
        return catchThrowableOfType(FeedUnavailableException.class, () -> audit.compare(now));
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    private long age() {
        return audit.age(now).toSeconds();
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds();
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    private static SpanSet spans(long start, long end) {
        return SpanSet.of(List.of(new Span(start, end)));
    }

    private static String json(int key, int version) {
        return "{\"id\":" + key + ",\"v\":" + version + "}";
    }
}
