package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Who comes while notifications are put off: what is held is compared before he is shown it. */
class AwaitedPutOffTest {

    private static final long DAY = 86_400_000_000L;
    private static final Span WEEK = new Span(0, 7 * DAY);
    private static final Span MONDAY = new Span(0, DAY - 1);
    private static final Change FORGED = new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicLong clock = new AtomicLong();
    private final Pace pace = new Pace(new Allowance(10, Duration.ZERO, 0), clock::get);
    private final LiveFeed live = new TestNode(feed, executor).with(pace).live();
    private final HeardResults week = new HeardResults();
    private final HeardResults monday = new HeardResults();

    @BeforeEach
    void a_week_is_shown_and_a_notification_without_dates_is_put_off() {
        feed.toldTo(live::changed);
        feed.put(1, 0, "\"old\"");
        feed.put(2, DAY, "\"tuesday\"");
        live.open(WEEK, week, FirstResult.HELD);
        settle();
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        live.changed(FORGED);
        feed.reads().clear();
    }

    @Test
    void a_window_is_opened_once_its_own_rows_were_compared_and_nothing_is_read() {
        live.open(MONDAY, monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"old\"]");
        assertThat(feed.reads()).containsExactly(new SpanSet(List.of(MONDAY)));
        assertThat(feed.patiences()).as("comparisons").hasSize(1);
        assertThat(live.staleSince()).as("the other days").isPresent();
    }

    @Test
    void so_is_answered_who_asks_once() {
        var answer = look(MONDAY);
        settle();
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, MONDAY).equals("[\"old\"]"));
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void if_his_rows_did_change_they_are_read_for_him() {
        feed.commitUnheard(transaction -> transaction.put(1, 0, "\"new\""));
        var answer = look(MONDAY);
        live.open(MONDAY, monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"new\"]");
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, MONDAY).equals("[\"new\"]"));
        assertThat(week.results()).last().isEqualTo("[\"new\",\"tuesday\"]");
    }

    @Test
    void he_never_sees_what_a_change_that_was_put_off_before_he_came_has_replaced() {
        feed.commitUnheard(transaction -> transaction.put(2, DAY, "\"new\""));
        var answer = look(WEEK);
        feed.put(1, 0, "\"other\"");
        settle();
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, WEEK).equals("[\"other\",\"new\"]"));
    }

    @Test
    void garbage_that_comes_while_his_rows_are_compared_makes_him_wait_no_longer() {
        var answer = look(MONDAY);
        feed.beforeRead(() -> live.changed(FORGED));
        settle();
        assertThat(answer).isDone();
        assertThat(live.staleSince()).isPresent();
    }

    @Test
    void a_change_that_comes_while_they_are_compared_is_found_by_the_next_comparison() {
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            feed.commit(FakeFeed.Transaction::truncate);
        });
        var answer = look(WEEK);
        executor.runNext();
        assertThat(answer).as("it shows another state").isNotDone();
        settle();
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, WEEK).equals("[]"));
    }

    @Test
    void where_they_cannot_be_compared_they_are_read() {
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            throw new FeedUnavailableException("orders", new IllegalStateException("lock timeout"));
        });
        live.open(MONDAY, monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"old\"]");
        assertThat(feed.reads()).hasSize(2);
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void a_window_whose_rows_nobody_holds_is_opened_at_once() {
        live.open(new Span(8 * DAY, 9 * DAY), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[]");
        assertThat(feed.patiences()).isEmpty();
    }

    @Test
    void one_that_is_held_in_part_is_opened_once_that_part_was_compared() {
        live.open(new Span(DAY, 9 * DAY), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"tuesday\"]");
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void it_shows_also_there_what_a_change_without_dates_did_that_was_not_heard_when_it_came() {
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        executor.runNext();
        assertThat(live.staleSince()).as("all was compared").isEmpty();
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        feed.commit(FakeFeed.Transaction::truncate);
        live.open(new Span(DAY, 9 * DAY), monday, FirstResult.CURRENT);
        executor.runAll();
        assertThat(monday.results()).containsExactly("[]");
    }

    @Test
    void who_comes_back_is_shown_what_is_held() {
        live.open(MONDAY, monday, FirstResult.HELD);
        assertThat(monday.results()).containsExactly("[\"old\"]");
    }

    private CompletableFuture<Optional<Image>> look(Span span) {
        var answer = new CompletableFuture<Optional<Image>>();
        live.look(span, answer);
        return answer;
    }

    private static String json(Optional<Image> image, Span span) {
        return new String(image.orElseThrow().json(span), UTF_8);
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }
}
