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

/** A client that comes while notifications are put off: the held rows are compared before it is shown them. */
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
        live.open(Restriction.to(WEEK), week, FirstResult.HELD);
        settle();
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        live.changed(FORGED);
        feed.reads().clear();
    }

    @Test
    void a_window_opens_once_its_own_rows_have_been_compared_and_none_are_read() {
        live.open(Restriction.to(MONDAY), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"old\"]");
        assertThat(feed.reads()).containsExactly(new SpanSet(List.of(MONDAY)));
        assertThat(feed.patiences()).as("comparisons").hasSize(1);
        assertThat(live.staleSince()).as("the other days").isPresent();
    }

    @Test
    void a_plain_request_is_answered_once_its_own_rows_have_been_compared() {
        var answer = look(MONDAY);
        settle();
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, MONDAY).equals("[\"old\"]"));
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void rows_that_did_change_are_read_for_new_clients_and_shown_to_all() {
        feed.commitUnheard(transaction -> transaction.put(1, 0, "\"new\""));
        var answer = look(MONDAY);
        live.open(Restriction.to(MONDAY), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"new\"]");
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, MONDAY).equals("[\"new\"]"));
        assertThat(week.results()).last().isEqualTo("[\"new\",\"tuesday\"]");
    }

    @Test
    void a_request_never_sees_a_row_replaced_by_a_change_that_was_put_off_before_it() {
        feed.commitUnheard(transaction -> transaction.put(2, DAY, "\"new\""));
        var answer = look(WEEK);
        feed.put(1, 0, "\"other\"");
        settle();
        assertThat(answer)
                .isCompletedWithValueMatching(image -> json(image, WEEK).equals("[\"other\",\"new\"]"));
    }

    @Test
    void a_forged_notification_during_the_comparison_does_not_delay_the_answer() {
        var answer = look(MONDAY);
        feed.beforeRead(() -> live.changed(FORGED));
        settle();
        assertThat(answer).isDone();
        assertThat(live.staleSince()).isPresent();
    }

    @Test
    void an_answer_waits_for_a_change_that_is_committed_during_the_comparison() {
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
    void rows_that_cannot_be_compared_are_read() {
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            throw new FeedUnavailableException("orders", new IllegalStateException("lock timeout"));
        });
        live.open(Restriction.to(MONDAY), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"old\"]");
        assertThat(feed.reads()).hasSize(2);
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void a_window_whose_rows_are_not_held_opens_without_a_comparison() {
        live.open(Restriction.to(new Span(8 * DAY, 9 * DAY)), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[]");
        assertThat(feed.patiences()).isEmpty();
    }

    @Test
    void a_window_that_is_held_in_part_opens_once_that_part_has_been_compared() {
        live.open(Restriction.to(new Span(DAY, 9 * DAY)), monday, FirstResult.CURRENT);
        settle();
        assertThat(monday.results()).containsExactly("[\"tuesday\"]");
        assertThat(feed.patiences()).hasSize(1);
    }

    @Test
    void a_window_held_in_part_shows_a_change_without_dates_that_was_unheard_when_it_was_requested() {
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        executor.runNext();
        assertThat(live.staleSince()).as("all was compared").isEmpty();
        pace.spend(TimeUnit.MINUTES.toNanos(1));
        feed.commit(FakeFeed.Transaction::truncate);
        live.open(Restriction.to(new Span(DAY, 9 * DAY)), monday, FirstResult.CURRENT);
        executor.runAll();
        assertThat(monday.results()).containsExactly("[]");
    }

    @Test
    void a_returning_client_is_shown_the_held_rows() {
        live.open(Restriction.to(MONDAY), monday, FirstResult.HELD);
        assertThat(monday.results()).containsExactly("[\"old\"]");
    }

    private CompletableFuture<Optional<Image>> look(Span span) {
        return live.look(Restriction.to(span)).toCompletableFuture();
    }

    private static String json(Optional<Image> image, Span span) {
        return new String(image.orElseThrow().json(span), UTF_8);
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }
}
