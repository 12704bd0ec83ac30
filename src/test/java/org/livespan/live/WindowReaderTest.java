package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** What is read for plain requests. */
class WindowReaderTest {

    private static final Span MORNING = new Span(100, 199);
    private static final Span EVENING = new Span(300, 399);
    private static final int MOST_ROWS = 3;

    private final UnsentBytes room = Results.room(1 << 20);
    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor queries = new ManualExecutor();
    private final ManualExecutor hearing = new ManualExecutor();
    private final Availability availability = new Availability(feed.barrier(), new TableMonitor());
    private final LiveFeed live = live(Duration.ofHours(1));
    private final WindowReader reader = new WindowReader(
            MOST_ROWS, room, new SharedBarrier(feed.barrier(), hearing), availability, queries, hearing);
    private int markers;

    @BeforeEach
    void listen() {
        feed.toldTo(live::changed);
        feed.beforeMarker(() -> markers++);
        feed.put(1, 100, "{\"id\":1}");
    }

    @Test
    void simultaneous_requests_for_held_rows_share_one_result_at_the_cost_of_one_marker_and_no_query() {
        watchMorning();
        var asked = IntStream.range(0, 64).mapToObj(client -> ask(MORNING)).toList();
        assertThat(markers).isZero();
        settle();
        assertThat(markers).isEqualTo(1);
        assertThat(feed.reads()).isEmpty();
        assertThat(asked)
                .allSatisfy(one -> assertThat(one.join()).isSameAs(asked.get(0).join()));
        assertThat(json(asked.get(0))).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void a_request_for_a_part_of_the_held_rows_needs_no_query_either() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        var part = ask(new Span(120, 160));
        settle();
        assertThat(json(part)).isEqualTo("[{\"id\":2}]");
        assertThat(feed.reads()).as("the live read").containsExactly(times(new Span(150, 150)));
    }

    @Test
    void a_request_sees_what_was_committed_before_it_even_if_that_was_not_heard_yet() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        var asked = ask(MORNING);
        hearing.runNext();
        assertThat(asked).as("the change is heard and not read").isNotDone();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void a_request_made_while_an_earlier_change_is_read_waits_for_that_read_alone() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        feed.hearAll();
        var asked = new CompletableFuture<SharedResult>();
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            ask(MORNING).thenAccept(asked::complete);
            hearing.runNext();
        });
        queries.runNext();
        assertThat(feed.reads()).hasSize(1);
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
        assertThat(feed.reads()).hasSize(1);
    }

    @Test
    void a_request_does_not_wait_for_a_change_to_other_rows() {
        watchMorning();
        live.open(Restriction.to(EVENING), new HeardResults(), FirstResult.HELD);
        settle();
        feed.put(2, 300, "{\"id\":2}");
        var asked = ask(MORNING);
        hearing.runAll();
        assertThat(json(asked)).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void a_request_made_after_the_marker_was_sent_waits_for_the_next_one() {
        watchMorning();
        var late = new CompletableFuture<SharedResult>();
        ask(MORNING);
        feed.beforeMarker(() -> {
            if (markers++ == 0) {
                feed.put(2, 150, "{\"id\":2}");
                ask(MORNING).thenAccept(late::complete);
            }
        });
        settle();
        assertThat(markers).isGreaterThan(1);
        assertThat(json(late)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void rows_that_are_not_held_are_read_by_a_query_without_a_marker_and_not_held_afterwards() {
        watchMorning();
        var asked = ask(EVENING);
        settle();
        assertThat(json(asked)).isEqualTo("[]");
        assertThat(feed.reads()).containsExactly(times(EVENING));
        assertThat(markers).isZero();
        feed.put(2, 300, "{\"id\":2}");
        settle();
        assertThat(feed.reads()).as("nobody watches it").hasSize(1);
    }

    @Test
    void while_too_many_rows_are_kept_for_other_requests_none_are_read() {
        room.keepRows(1 << 20);
        var asked = ask(EVENING);
        for (int i = 0; i < 5; i++) {
            queries.runNext();
        }
        assertThat(asked).isNotDone();
        assertThat(feed.reads()).isEmpty();

        room.keepRows(-1);
        settle();
        assertThat(json(asked)).isEqualTo("[]");
    }

    @Test
    void a_plain_request_does_not_keep_rows_held_that_nobody_watches_any_more() {
        LiveFeed forgetful = live(Duration.ZERO);
        feed.toldTo(forgetful::changed);
        Window window = forgetful.open(Restriction.to(MORNING), new HeardResults(), FirstResult.HELD);
        settle();
        window.close();
        var asked = reader.read(forgetful, Restriction.to(MORNING), true).toCompletableFuture();
        queries.runAll();
        feed.reads().clear();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1}]");
        assertThat(feed.reads())
                .as("it was let go before the listener was heard")
                .containsExactly(times(MORNING));
        forgetful.changed(Change.ANYTHING);
        settle();
        assertThat(feed.reads()).hasSize(1);
    }

    @Test
    void while_the_listener_is_lost_a_request_still_sees_what_was_committed_before_it() {
        watchMorning();
        feed.breakSession();
        feed.put(2, 150, "{\"id\":2}");
        var unnoticed = ask(MORNING);
        settle();
        assertThat(json(unnoticed)).isEqualTo("[{\"id\":1},{\"id\":2}]");
        feed.noticeBrokenSession();
        feed.put(3, 160, "{\"id\":3}");
        var noticed = ask(MORNING);
        assertThat(hearing.waiting()).isZero();
        settle();
        assertThat(json(noticed)).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
    }

    @Test
    void where_not_every_change_is_heard_a_request_is_answered_by_a_query() {
        watchMorning();
        feed.commitUnheard(unheard -> unheard.put(2, 150, "{\"id\":2}"));
        var asked = reader.read(live, Restriction.to(MORNING), false).toCompletableFuture();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void rows_that_the_audit_found_to_differ_are_not_given_before_they_are_read_again() {
        watchMorning();
        feed.commitUnheard(unheard -> unheard.put(2, 150, "{\"id\":2}"));
        FeedAudit audit = live.audit(new SliceSize(1, 8, 8));
        assertThat(audit.isNeeded(System.nanoTime())).isTrue();
        while (audit.compare(System.nanoTime()) != FeedAudit.Outcome.SUSPECT) {
            Thread.onSpinWait();
        }
        var asked = ask(MORNING);
        hearing.runAll();
        assertThat(asked).isNotDone();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void a_request_that_waits_for_a_change_that_cannot_be_read_is_answered_once_the_database_is_back() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        var asked = ask(MORNING);
        hearing.runNext();
        feed.goDown();
        queries.runNext();
        assertThat(asked).isNotDone();
        feed.comeBack();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void equal_requests_share_a_query_that_has_not_begun_and_those_made_while_it_runs_get_the_next() {
        var first = ask(EVENING);
        var shares = ask(EVENING);
        var next = new CompletableFuture<SharedResult>();
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            ask(EVENING).thenAccept(next::complete);
        });
        settle();
        assertThat(shares.join()).isSameAs(first.join());
        assertThat(next.join()).isNotSameAs(first.join());
        assertThat(feed.reads()).containsExactly(times(EVENING), times(EVENING));
    }

    @Test
    void no_more_than_two_plain_reads_come_before_a_live_one() {
        for (int start = 0; start < 50; start++) {
            ask(new Span(start, 400));
        }
        assertThat(queries.waiting()).isEqualTo(ReadQueue.AT_ONCE);
        live.open(Restriction.to(MORNING), new HeardResults(), FirstResult.HELD);
        for (int task = 0; task <= ReadQueue.AT_ONCE; task++) {
            queries.runNext();
        }
        assertThat(feed.reads()).hasSize(ReadQueue.AT_ONCE + 1).last().isEqualTo(times(MORNING));
    }

    @Test
    void when_too_many_requests_wait_another_is_refused_unless_it_equals_one_of_them_and_these_are_answered() {
        var waiting = IntStream.range(0, ReadQueue.MOST_WAITING)
                .mapToObj(start -> ask(new Span(start, 400)))
                .toList();
        var other = ask(EVENING);
        assertThat(other)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TooManyReadsException.class);
        var same = ask(new Span(0, 400));
        settle();
        assertThat(waiting).allSatisfy(one -> assertThat(one).isCompleted());
        assertThat(same).isCompleted();
        assertThat(ask(EVENING)).isNotDone();
    }

    @Test
    void a_window_over_the_limit_is_refused_whether_it_is_held_or_not() {
        feed.put(2, 150, "{}");
        feed.put(3, 160, "{}");
        live.open(Restriction.to(new Span(100, 155)), new HeardResults(), FirstResult.HELD);
        live.open(Restriction.to(new Span(156, 199)), new HeardResults(), FirstResult.HELD);
        settle();
        feed.put(4, 170, "{}");
        var held = ask(MORNING);
        var read = ask(new Span(0, 400));
        settle();
        for (var refused : List.of(held, read)) {
            assertThat(refused)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(WindowTooLargeException.class)
                    .withMessageContaining("more than 3 rows");
        }
    }

    @Test
    void a_request_fails_while_the_database_is_down() {
        feed.goDown();
        var asked = ask(EVENING);
        settle();
        assertThat(asked)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(FeedUnavailableException.class);
    }

    private CompletableFuture<SharedResult> ask(Span span) {
        return reader.read(live, Restriction.to(span), true).toCompletableFuture();
    }

    private void watchMorning() {
        feed.hearAll();
        live.open(Restriction.to(MORNING), new HeardResults(), FirstResult.HELD);
        settle();
        feed.reads().clear();
        markers = 0;
    }

    private void settle() {
        while (hearing.waiting() + queries.waiting() > 0 && run()) {
            Thread.onSpinWait();
        }
    }

    /** Runs what is due; false once only tasks with a long delay are left. */
    private boolean run() {
        int before = hearing.waiting() + queries.waiting();
        hearing.runAll();
        queries.runAll();
        return hearing.waiting() > 0 || before > hearing.waiting() + queries.waiting();
    }

    private LiveFeed live(Duration linger) {
        return new TestNode(feed, queries)
                .with(new RowLimits(MOST_ROWS, 8))
                .with(availability)
                .with(linger)
                .live();
    }

    private static String json(CompletableFuture<SharedResult> asked) {
        assertThat(asked).isCompleted();
        try (var rows = asked.join().open()) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SpanSet times(Span... spans) {
        return SpanSet.of(List.of(spans));
    }
}
