package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Notifications that anybody may have sent, and that make all held rows be read again. */
class PaceTest {

    private static final long DAY = 86_400_000_000L;
    private static final Span WEEK = new Span(0, 7 * DAY);
    private static final Change FORGED = new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL);
    private static final Change FORGED_YEARS = new Change(
            Operation.UPDATE, "orders", DateType.TIMESTAMPTZ, SpanSet.of(List.of(new Span(-9_999 * DAY, 9_999 * DAY))));
    private static final int ROWS = 5;

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicLong clock = new AtomicLong();

    /** After anything was read in vain, it allows nothing for hours. */
    private final Pace pace = new Pace(new Allowance(1_000_000_000, Duration.ZERO, 0), clock::get);

    private final Findings findings = new Findings(new TableMonitor());
    private final LiveFeed live =
            new TestNode(feed, executor).with(findings).with(pace).live();
    private final HeardResults week = new HeardResults();

    @BeforeEach
    void a_week_is_shown() {
        feed.toldTo(live::changed);
        feed.commit(transaction -> {
            for (int day = 0; day < ROWS; day++) {
                transaction.put(day, day * DAY, "0");
            }
        });
        live.open(Restriction.to(WEEK), week, FirstResult.HELD);
        settle();
        feed.reads().clear();
    }

    @Test
    void one_is_followed_at_once_and_those_after_it_are_put_off_and_settled_together() {
        forge(FORGED);
        assertThat(feed.reads()).hasSize(1);
        for (int more = 0; more < 1_000; more++) {
            forge(FORGED);
        }
        assertThat(feed.reads()).hasSize(1);
        timePasses();
        assertThat(feed.reads()).hasSize(2);
        assertThat(week.results()).hasSize(1);
    }

    @Test
    void one_whose_dates_span_many_years_is_put_off_as_well() {
        forge(FORGED_YEARS);
        forge(FORGED_YEARS);
        assertThat(feed.reads()).hasSize(1);
    }

    @Test
    void changes_with_dates_are_shown_at_once_while_others_are_put_off() {
        exhaust();
        forge(FORGED);
        feed.put(1, DAY, "1");
        settle();
        assertThat(week.results()).last().isEqualTo("[0,1,0,0,0]");
        assertThat(feed.reads()).containsExactly(SpanSet.of(List.of(new Span(DAY, DAY))));
    }

    @Test
    void a_change_that_was_put_off_is_shown_later_and_the_feed_is_stale_until_then() {
        exhaust();
        Instant before = Instant.now();
        feed.commit(FakeFeed.Transaction::truncate);
        settle();
        assertThat(week.results()).last().isEqualTo("[0,0,0,0,0]");
        Optional<Instant> since = live.staleSince();
        assertThat(since.orElseThrow()).isBetween(before, Instant.now());
        forge(FORGED);
        assertThat(live.staleSince()).isEqualTo(since);

        timePasses();
        assertThat(week.results()).last().isEqualTo("[]");
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void if_the_notifications_put_off_announced_no_change_the_rows_are_compared_once_and_not_read() {
        exhaust();
        forge(FORGED);
        timePasses();
        assertThat(feed.patiences()).as("comparisons").hasSize(1);
        assertThat(feed.reads()).as("among them").hasSize(1);
        assertThat(live.staleSince()).isEmpty();
        assertThat(pace.allows()).as("it has its price").isFalse();
    }

    @Test
    void a_notification_that_is_put_off_while_rows_are_compared_has_them_compared_again() {
        exhaust();
        forge(FORGED);
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            live.changed(FORGED);
        });
        clock.addAndGet(Long.MAX_VALUE / 4);
        executor.runNext();
        assertThat(live.staleSince()).isPresent();
        feed.commitUnheard(FakeFeed.Transaction::truncate);
        timePasses();
        assertThat(week.results()).last().isEqualTo("[]");
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void reads_that_find_a_change_use_up_none_of_the_allowance() {
        for (int update = 1; update <= 3; update++) {
            String value = Integer.toString(update);
            feed.commitUnheard(transaction -> {
                for (int day = 0; day < ROWS; day++) {
                    transaction.put(day, day * DAY, value);
                }
            });
            forge(FORGED_YEARS);
            assertThat(week.results()).hasSize(1 + update);
        }
        feed.commit(FakeFeed.Transaction::truncate);
        settle();
        assertThat(week.results()).last().isEqualTo("[]");
        assertThat(pace.allows()).isTrue();
    }

    @Test
    void a_change_to_a_single_day_is_never_put_off() {
        exhaust();
        var day =
                new Change(Operation.UPDATE, "orders", DateType.TIMESTAMPTZ, SpanSet.of(List.of(new Span(0, DAY - 1))));
        forge(day);
        forge(day);
        assertThat(feed.reads()).hasSize(2);
    }

    @Test
    void changes_found_without_a_notification_are_read_at_once_and_use_up_none_of_the_allowance() {
        exhaust();
        forge(FORGED);
        live.changed(Change.seen("public.orders"));
        settle();
        assertThat(feed.reads()).hasSize(1);
        assertThat(live.staleSince()).as("what was put off was read with it").isEmpty();
        live.changed(Change.ANYTHING);
        settle();
        assertThat(feed.reads()).hasSize(2);
        timePasses();
        assertThat(feed.reads()).hasSize(2);
        assertThat(pace.rest()).isZero();
    }

    /** The client that made the change sees it, and all clients see all of it. */
    @Test
    void a_window_that_must_be_current_has_changes_that_were_put_off_read_if_its_rows_differ() {
        exhaust();
        feed.commit(FakeFeed.Transaction::truncate);
        feed.hearAll();
        var monday = new HeardResults();
        live.open(Restriction.to(new Span(0, DAY - 1)), monday, FirstResult.CURRENT);
        executor.runAll();
        assertThat(monday.results()).containsExactly("[]");
        assertThat(week.results()).hasSize(2).last().isEqualTo("[]");
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void the_audit_shows_a_change_that_was_put_off_but_does_not_count_it_as_a_finding() {
        exhaust();
        feed.commit(FakeFeed.Transaction::truncate);
        feed.hearAll();
        FeedAudit audit = live.audit(new SliceSize(100, 100, 100));
        audit.isNeeded(0);
        for (int look = 0; look < 3; look++) {
            audit.compare(0);
        }
        executor.runAll();
        assertThat(week.results()).last().isEqualTo("[]");
        assertThat(findings.count()).isZero();
    }

    @Test
    void a_notification_for_another_table_is_not_logged_and_does_not_make_the_feed_stale() {
        exhaust();
        try (var log = LogLines.of(Pace.class)) {
            forge(new Change(Operation.TRUNCATE, "public.readings", null, SpanSet.ALL));
            assertThat(log.lines()).isEmpty();
        }
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void a_read_that_fails_uses_up_the_allowance_too() {
        feed.goDown();
        live.changed(FORGED);
        executor.runNext();
        assertThat(pace.allows()).isFalse();
    }

    @Test
    void a_flood_is_logged_when_it_begins_and_when_it_is_over_with_the_number_of_notifications_put_off() {
        try (var log = LogLines.of(Pace.class)) {
            exhaust();
            pace.look();
            assertThat(log.lines()).isEmpty();
            for (int more = 0; more < 1_000; more++) {
                forge(FORGED);
                pace.look();
            }
            assertThat(log.lines()).singleElement().asString().contains("Find out who sends them");
            timePasses();
            pace.look();
            assertThat(log.lines()).as("it may go on").hasSize(1);
            timePasses();
            pace.look();
            pace.look();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines()).last().asString().contains("1,000 were put off");
        }
    }

    private void exhaust() {
        pace.spend(1_000_000);
        assertThat(pace.allows()).isFalse();
    }

    private void forge(Change change) {
        live.changed(change);
        executor.runAll();
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    /** Notifications that were put off wait for this. */
    private void timePasses() {
        clock.addAndGet(Long.MAX_VALUE / 2);
        while (executor.waiting() > 0) {
            executor.runNext();
        }
    }
}
