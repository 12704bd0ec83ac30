package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.time.Span;

/** What has to be done before a client that comes to an open window may have its rows. */
class ConfirmationsTest {

    private static final Span MORNING = new Span(100, 199);

    /** Each may leave work for the next. */
    private static final int ROUNDS = 4;

    /** The marker, the read, and what else is in the queue; after a failure it never gets empty. */
    private static final int TASKS = 10;

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor queries = new ManualExecutor();
    private final ManualExecutor hearing = new ManualExecutor();
    private final LiveFeed live = new TestNode(feed, queries).live();
    private final Confirmations confirmations = new Confirmations(new SharedBarrier(feed.barrier(), hearing));
    private final HeardResults results = new HeardResults();
    private int markers;

    @BeforeEach
    void a_window_is_open() {
        feed.toldTo(live::changed);
        feed.put(1, 100, "1");
        live.open(Restriction.to(MORNING), results, FirstResult.CURRENT);
        settle();
        feed.reads().clear();
        feed.beforeMarker(() -> markers++);
    }

    @Test
    void a_thousand_clients_that_come_at_once_cost_one_marker_and_no_query() {
        var asked = IntStream.range(0, 1_000).mapToObj(client -> confirm()).toList();
        assertThat(asked).noneMatch(CompletableFuture::isDone);
        settle();
        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(markers).isEqualTo(1);
        assertThat(feed.reads()).isEmpty();
    }

    @Test
    void nobody_is_confirmed_before_what_was_committed_before_is_shown() {
        feed.put(2, 150, "2");
        var shown = confirm().thenApply(nothing -> lastResult());
        hearing.runAll();
        assertThat(shown).as("the change is heard and not read").isNotDone();
        settle();
        assertThat(shown).isCompletedWithValue("[1,2]");
    }

    @Test
    void a_thousand_clients_of_different_windows_that_a_change_has_touched_wait_for_one_read() {
        feed.put(2, 150, "2");
        var asked = IntStream.range(0, 1_000)
                .mapToObj(client -> confirmations
                        .confirm(live, Restriction.to(new Span(100 + client / 20, 150 + client % 20)))
                        .toCompletableFuture())
                .toList();
        settle();
        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(feed.reads()).hasSize(1);
    }

    @Test
    void who_comes_after_the_marker_was_sent_waits_for_the_next_one() {
        var shown = new CompletableFuture<String>();
        feed.beforeMarker(() -> {
            if (markers++ == 0) {
                feed.put(2, 150, "2");
                confirm().thenAccept(nothing -> shown.complete(lastResult()));
            }
        });
        confirm();
        settle();
        assertThat(markers).isGreaterThan(1);
        assertThat(shown).isCompletedWithValue("[1,2]");
    }

    @Test
    void who_comes_when_others_have_been_confirmed_waits_as_well() {
        confirm();
        settle();
        feed.put(2, 150, "2");
        var shown = confirm().thenApply(nothing -> lastResult());
        settle();
        assertThat(shown).isCompletedWithValue("[1,2]");
    }

    @Test
    void if_the_listener_is_lost_everything_is_read_before_anybody_is_confirmed() {
        feed.breakSession();
        feed.put(2, 150, "2");
        var shown = confirm().thenApply(nothing -> lastResult());
        settle();
        assertThat(shown).isCompletedWithValue("[1,2]");
    }

    @Test
    void if_the_rows_cannot_be_read_the_client_learns_why() {
        feed.noticeBrokenSession();
        feed.goDown();
        var asked = confirm();
        hearing.runAll();
        for (int task = 0; task < TASKS && !asked.isDone(); task++) {
            queries.runNext();
        }
        assertThat(asked)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(FeedUnavailableException.class);
    }

    @Test
    void rows_that_are_not_held_are_read() {
        LiveFeed other = new TestNode(feed, queries).live();
        var asked = confirmations.confirm(other, Restriction.to(MORNING)).toCompletableFuture();
        settle();
        assertThat(asked).isCompleted();
        assertThat(feed.reads()).hasSize(1);
    }

    private CompletableFuture<Void> confirm() {
        return confirmations.confirm(live, Restriction.to(MORNING)).toCompletableFuture();
    }

    private String lastResult() {
        return results.results().get(results.results().size() - 1);
    }

    private void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            hearing.runAll();
            queries.runAll();
        }
    }
}
