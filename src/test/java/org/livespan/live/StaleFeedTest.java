package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;

/** Since when a feed may be behind the database, so that its clients can be notified. */
class StaleFeedTest {

    private static final Span DAY = new Span(0, 499);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final LiveFeed live =
            new TestNode(feed, executor).with(new RowLimits(3, 8)).live();

    @BeforeEach
    void a_window_is_open() {
        feed.toldTo(live::changed);
        live.open(Restriction.to(DAY), new HeardResults(), FirstResult.HELD);
        executor.runAll();
    }

    @Test
    void a_feed_whose_changes_were_all_read_is_not_stale() {
        assertThat(live.staleSince()).isEmpty();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void a_change_makes_the_feed_stale_until_it_has_been_read() {
        Instant before = Instant.now();
        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        assertThat(live.staleSince().orElseThrow()).isBetween(before, Instant.now());
        feed.beforeRead(
                () -> assertThat(live.staleSince()).as("while it is read").isPresent());
        executor.runAll();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void a_change_to_rows_that_nobody_watches_does_not_make_it_stale() {
        feed.put(1, 9_999, "{\"id\":1}");
        settle();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void it_is_stale_since_the_first_change_that_could_not_be_read() {
        feed.goDown();
        change();
        Optional<Instant> since = live.staleSince();
        executor.runNext();
        change();
        executor.runNext();
        assertThat(live.staleSince()).isPresent().isEqualTo(since);

        feed.comeBack();
        executor.runAll();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void a_change_heard_while_another_is_read_makes_it_stale_since_a_later_time() {
        change();
        Instant first = live.staleSince().orElseThrow();
        feed.beforeMarker(this::changeOnce);
        executor.runNext();
        assertThat(live.staleSince().orElseThrow()).isAfter(first);
        executor.runAll();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void while_the_listener_is_lost_it_is_stale_even_if_everything_can_be_read() {
        feed.breakSession();
        feed.noticeBrokenSession();
        Optional<Instant> since = live.staleSince();
        live.open(Restriction.to(DAY), new HeardResults(), FirstResult.CURRENT);
        executor.runAll();
        assertThat(live.staleSince()).isPresent().isEqualTo(since);
    }

    @Test
    void after_the_listener_reconnects_it_is_stale_since_the_loss_until_everything_was_read_again() {
        feed.breakSession();
        feed.noticeBrokenSession();
        Optional<Instant> since = live.staleSince();
        feed.goDown();
        feed.openSession();
        feed.connected();
        assertThat(live.staleSince()).isPresent().isEqualTo(since);
        executor.runNext();
        assertThat(live.staleSince()).as("nothing was read").isEqualTo(since);

        feed.comeBack();
        executor.runAll();
        assertThat(live.staleSince()).isEmpty();
    }

    @Test
    void a_loss_of_the_listener_that_only_a_marker_detects_makes_it_stale() {
        feed.breakSession();
        live.open(Restriction.to(new Span(600, 700)), new HeardResults(), FirstResult.CURRENT);
        feed.goDown();
        live.open(Restriction.to(DAY), new HeardResults(), FirstResult.CURRENT);
        executor.runDue();
        assertThat(live.staleSince()).isPresent();

        feed.comeBack();
        executor.runAll();
        assertThat(live.staleSince()).isEmpty();
    }

    private boolean changed;

    private void changeOnce() {
        if (!changed) {
            changed = true;
            feed.put(2, 200, "{\"id\":2}");
        }
    }

    private void change() {
        feed.put(1, 100, "{\"id\":" + System.nanoTime() + "}");
        feed.hearAll();
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }
}
