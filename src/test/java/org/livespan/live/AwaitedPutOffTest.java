package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.DatabaseWatch;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Who comes while notifications are put off, and these will be followed soon: nothing more is read for him. */
class AwaitedPutOffTest {

    private static final long DAY = 86_400_000_000L;
    private static final Span WEEK = new Span(0, 7 * DAY);
    private static final Span MONDAY = new Span(0, DAY - 1);
    private static final Change FORGED = new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicLong clock = new AtomicLong();
    private final Pace pace = new Pace(new Allowance(10, Duration.ZERO, 0), clock::get);
    private final LiveFeed live = new LiveFeed(
            feed,
            new RowLimits(10, 20),
            feed.barrier(),
            new Availability(feed.barrier(), new DatabaseWatch()),
            new Findings(new DatabaseWatch()),
            executor,
            new RefreshTimes(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1)),
            pace);
    private final HeardResults week = new HeardResults();
    private final HeardResults monday = new HeardResults();

    @BeforeEach
    void a_week_is_shown_and_a_change_without_dates_is_put_off() {
        feed.toldTo(live::changed);
        feed.put(1, 0, "\"old\"");
        live.open(WEEK, week, true);
        settle();
        pace.spend(TimeUnit.MILLISECONDS.toNanos(50));
        feed.commitUnheard(transaction -> transaction.put(1, 0, "\"new\""));
        live.changed(FORGED);
        feed.reads().clear();
    }

    @Test
    void a_window_that_has_to_show_all_that_was_committed_waits_until_it_is_read() {
        live.open(MONDAY, monday, false);
        settle();
        assertThat(monday.results()).isEmpty();
        assertThat(feed.reads()).isEmpty();
        restIsOver();
        assertThat(monday.results()).containsExactly("[\"new\"]");
        assertThat(feed.reads()).as("of all that is held").hasSize(1);
    }

    @Test
    void so_does_who_asks_once_and_gets_what_was_committed_before() {
        var answer = new CompletableFuture<Optional<Image>>();
        live.look(MONDAY, answer);
        settle();
        assertThat(answer).isNotDone();
        feed.put(2, DAY, "\"other\"");
        settle();
        assertThat(answer).as("another change was read").isNotDone();
        restIsOver();
        assertThat(answer.join().orElseThrow().json(MONDAY)).asString().isEqualTo("[\"new\"]");
    }

    @Test
    void garbage_that_comes_while_he_waits_makes_nobody_wait_for_the_time_after() {
        var answer = new CompletableFuture<Optional<Image>>();
        live.look(MONDAY, answer);
        feed.beforeRead(() -> live.changed(FORGED));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        executor.runNext();
        executor.runNext();
        assertThat(live.staleSince()).isPresent();
        assertThat(answer).isDone();
    }

    @Test
    void if_it_will_take_long_after_all_who_asked_has_to_read_by_himself() {
        var answer = new CompletableFuture<Optional<Image>>();
        live.look(MONDAY, answer);
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        feed.put(2, DAY, "\"other\"");
        settle();
        assertThat(answer.join()).isEmpty();
    }

    @Test
    void if_it_will_take_long_after_all_the_rows_of_the_window_are_read_alone_and_who_asked_gets_those() {
        var answer = new CompletableFuture<Optional<Image>>();
        live.look(MONDAY, answer);
        live.open(MONDAY, monday, false);
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        feed.put(2, DAY, "\"other\"");
        settle();
        assertThat(monday.results()).containsExactly("[\"new\"]");
        assertThat(answer.join().orElseThrow().json(MONDAY)).asString().isEqualTo("[\"new\"]");
        assertThat(live.staleSince()).as("the other days").isPresent();
    }

    @Test
    void a_window_whose_rows_nobody_holds_is_opened_at_once() {
        live.open(new Span(8 * DAY, 9 * DAY), monday, false);
        settle();
        assertThat(monday.results()).containsExactly("[]");
    }

    @Test
    void who_comes_back_is_shown_what_is_held() {
        live.open(MONDAY, monday, true);
        assertThat(monday.results()).containsExactly("[\"old\"]");
    }

    private void settle() {
        feed.hearAll();
        executor.runDue();
    }

    private void restIsOver() {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        while (executor.waiting() > 0) {
            executor.runNext();
        }
    }
}
