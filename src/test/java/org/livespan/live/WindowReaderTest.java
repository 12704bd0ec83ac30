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
import org.livespan.feed.TableMonitor;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** What is read for those who want a window once. */
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
    void what_is_held_is_given_to_all_who_ask_at_once_for_one_marker_and_no_query() {
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
    void a_part_of_what_is_held_is_given_without_a_query_too() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        var part = ask(new Span(120, 160));
        settle();
        assertThat(json(part)).isEqualTo("[{\"id\":2}]");
        assertThat(feed.reads()).as("the live read").containsExactly(times(new Span(150, 150)));
    }

    @Test
    void who_asks_sees_what_was_committed_before_though_it_was_not_heard_yet() {
        watchMorning();
        feed.put(2, 150, "{\"id\":2}");
        var asked = ask(MORNING);
        hearing.runNext();
        assertThat(asked).as("the change is heard and not read").isNotDone();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void who_asks_while_a_change_is_read_that_came_before_waits_for_it_alone() {
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
    void a_change_of_other_rows_is_not_waited_for() {
        watchMorning();
        live.open(EVENING, new HeardResults(), FirstResult.HELD);
        settle();
        feed.put(2, 300, "{\"id\":2}");
        var asked = ask(MORNING);
        hearing.runAll();
        assertThat(json(asked)).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void who_asks_after_the_marker_was_sent_waits_for_the_next() {
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
    void what_is_not_held_is_read_by_itself_and_not_held_afterwards() {
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
    void while_too_many_rows_are_kept_for_others_none_are_read() {
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
    void who_asks_keeps_nothing_held_that_nobody_watches_any_more() {
        LiveFeed forgetful = live(Duration.ZERO);
        feed.toldTo(forgetful::changed);
        Window window = forgetful.open(MORNING, new HeardResults(), FirstResult.HELD);
        settle();
        window.close();
        var asked = reader.read(forgetful, MORNING, true).toCompletableFuture();
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
    void while_nobody_listens_each_is_read_by_itself() {
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
    void where_not_every_change_is_heard_of_each_is_read_by_itself() {
        watchMorning();
        feed.commitUnheard(unheard -> unheard.put(2, 150, "{\"id\":2}"));
        var asked = reader.read(live, MORNING, false).toCompletableFuture();
        settle();
        assertThat(json(asked)).isEqualTo("[{\"id\":1},{\"id\":2}]");
    }

    @Test
    void what_the_audit_has_found_different_is_not_given_before_it_was_read() {
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
    void who_waits_for_a_change_that_cannot_be_read_reads_by_itself() {
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
    void who_asks_for_the_same_before_it_is_read_shares_it_and_who_asks_while_it_is_read_gets_the_next() {
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
    void no_more_than_two_reads_come_before_a_live_one() {
        for (int start = 0; start < 50; start++) {
            ask(new Span(start, 400));
        }
        assertThat(queries.waiting()).isEqualTo(ReadQueue.AT_ONCE);
        live.open(MORNING, new HeardResults(), FirstResult.HELD);
        for (int task = 0; task <= ReadQueue.AT_ONCE; task++) {
            queries.runNext();
        }
        assertThat(feed.reads()).hasSize(ReadQueue.AT_ONCE + 1).last().isEqualTo(times(MORNING));
    }

    @Test
    void when_many_wait_who_asks_for_something_else_is_refused_and_all_others_are_answered() {
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
    void a_window_over_the_limit_is_refused_held_or_not() {
        feed.put(2, 150, "{}");
        feed.put(3, 160, "{}");
        live.open(new Span(100, 155), new HeardResults(), FirstResult.HELD);
        live.open(new Span(156, 199), new HeardResults(), FirstResult.HELD);
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
    void a_database_that_is_down_is_the_answer() {
        feed.goDown();
        var asked = ask(EVENING);
        settle();
        assertThat(asked)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(FeedUnavailableException.class);
    }

    private CompletableFuture<SharedResult> ask(Span span) {
        return reader.read(live, span, true).toCompletableFuture();
    }

    private void watchMorning() {
        feed.hearAll();
        live.open(MORNING, new HeardResults(), FirstResult.HELD);
        settle();
        feed.reads().clear();
        markers = 0;
    }

    private void settle() {
        while (hearing.waiting() + queries.waiting() > 0 && run()) {
            Thread.onSpinWait();
        }
    }

    /** Until nothing is due but what is put off for long. */
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
