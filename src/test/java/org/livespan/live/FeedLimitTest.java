package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;

/** Which windows end when together they exceed the limit on the held rows of a feed. */
class FeedLimitTest {

    private static final RowLimits LIMITS = new RowLimits(4, 9);
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final LiveFeed live =
            new TestNode(feed, executor).with(LIMITS).with(LONG).live();
    private int ids;

    private final HeardResults oldest = new HeardResults();
    private final HeardResults older = new HeardResults();
    private final HeardResults newest = new HeardResults();

    @BeforeEach
    void listen() {
        feed.toldTo(live::changed);
    }

    @Test
    void thousands_of_rows_in_one_window_end_that_window_alone_and_are_not_all_read() {
        openThree();
        feed.commit(transaction -> {
            put(transaction, 100, 10_000);
            put(transaction, 200, 2);
        });
        settle();
        assertThat(oldest.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(older.results()).containsExactly("[]", "[{},{}]");
        assertThat(newest.ends()).isEmpty();
        assertThat(feed.mostAskedFor()).isLessThanOrEqualTo(LIMITS.feed() + 1);
        assertStillTrue(older, 250);
        assertStillTrue(newest, 350);
    }

    @Test
    void if_all_windows_grow_one_row_at_a_time_the_newest_ends_and_the_others_go_on() {
        openThree();
        for (int row = 0; row < 4; row++) {
            for (long date : new long[] {100, 200, 300}) {
                feed.commit(transaction -> put(transaction, date, 1));
                settle();
            }
        }
        assertThat(newest.ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        assertThat(newest.ends()).hasSize(1);
        assertThat(oldest.results()).last().isEqualTo("[{},{},{},{}]");
        assertThat(older.results()).last().isEqualTo("[{},{},{},{}]");
        assertThat(oldest.ends()).isEmpty();
        assertThat(older.ends()).isEmpty();
    }

    @Test
    void if_all_windows_grow_at_once_the_newest_end_until_the_others_fit() {
        openThree();
        var another = open(new Span(400, 499));
        feed.commit(transaction -> {
            for (long date : new long[] {100, 200, 300, 400}) {
                put(transaction, date, 4);
            }
        });
        settle();
        assertThat(another.ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        assertThat(newest.ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        assertThat(oldest.results()).containsExactly("[]", "[{},{},{},{}]");
        assertThat(older.results()).containsExactly("[]", "[{},{},{},{}]");
        assertThat(feed.mostAskedFor()).isLessThanOrEqualTo(LIMITS.feed() + 1);
    }

    @Test
    void the_rows_of_a_window_that_ended_are_no_longer_held() {
        openThree();
        feed.commit(this::tooManyTogether);
        settle();
        assertThat(newest.ends()).hasSize(1);
        feed.reads().clear();
        feed.commit(transaction -> put(transaction, 310, 1));
        settle();
        assertThat(feed.reads()).isEmpty();
        assertStillTrue(open(new Span(310, 319)), 315);
    }

    @Test
    void a_window_that_ended_can_be_opened_again_once_there_is_room() {
        openThree();
        feed.commit(this::tooManyTogether);
        settle();
        assertThat(open(new Span(300, 399)).ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        feed.commit(FakeFeed.Transaction::truncate);
        settle();
        assertStillTrue(open(new Span(300, 399)), 350);
    }

    @Test
    void rows_that_nobody_watches_any_more_are_dropped_before_a_window_is_ended() {
        Window left = live.open(Restriction.to(new Span(0, 99)), new HeardResults(), FirstResult.HELD);
        openThree();
        feed.commit(transaction -> put(transaction, 50, 4));
        settle();
        left.close();
        feed.commit(transaction -> {
            for (long date : new long[] {100, 200, 300}) {
                put(transaction, date, 3);
            }
        });
        settle();
        for (HeardResults window : List.of(oldest, older, newest)) {
            assertThat(window.ends()).isEmpty();
            assertThat(window.results()).last().isEqualTo("[{},{},{}]");
        }
    }

    @Test
    void a_newer_window_that_lies_within_older_ones_takes_no_room_and_stays() {
        openThree();
        var within = open(new Span(100, 149));
        var equal = open(new Span(200, 299));
        feed.commit(this::tooManyTogether);
        settle();
        assertThat(newest.ends()).hasSize(1);
        assertThat(within.results()).last().isEqualTo("[{},{},{},{}]");
        assertThat(equal.results()).last().isEqualTo("[{},{},{}]");
        assertStillTrue(equal, 250);
    }

    @Test
    void a_wide_window_that_grows_too_large_ends_and_the_narrower_ones_within_it_stay() {
        var wide = open(new Span(0, 499));
        openThree();
        feed.commit(transaction -> {
            for (long date : new long[] {100, 200, 300}) {
                put(transaction, date, 3);
            }
        });
        settle();
        assertThat(wide.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        for (HeardResults window : List.of(oldest, older, newest)) {
            assertThat(window.results()).containsExactly("[]", "[{},{},{}]");
        }
    }

    @Test
    void a_window_that_opens_while_the_others_grow_is_refused_first_as_the_newest() {
        openThree();
        feed.commit(transaction -> {
            for (long date : new long[] {100, 200, 300}) {
                put(transaction, date, 3);
            }
            put(transaction, 400, 2);
        });
        feed.hearAll();
        var opening = new HeardResults();
        live.open(Restriction.to(new Span(400, 499)), opening, FirstResult.HELD);
        executor.runAll();
        assertThat(opening.ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        assertThat(newest.results()).containsExactly("[]", "[{},{},{}]");
    }

    @Test
    void windows_that_come_while_all_windows_are_read_in_turn_are_opened_after_that() {
        openThree();
        Window leaving = live.open(Restriction.to(new Span(200, 210)), new HeardResults(), FirstResult.HELD);
        executor.runAll();
        feed.commit(transaction -> {
            put(transaction, 100, 1_000);
            put(transaction, 200, 2);
        });
        feed.hearAll();
        var held = new HeardResults();
        var onTheBulk = new HeardResults();
        // Before the second read, which is the first of those in turn
        feed.beforeRead(eachOnce(() -> {}, () -> {
            leaving.close();
            live.open(Restriction.to(new Span(205, 299)), held, FirstResult.HELD);
            live.open(Restriction.to(new Span(100, 110)), onTheBulk, FirstResult.HELD);
        }));
        executor.runAll();
        assertThat(onTheBulk.results())
                .as("it was not opened on what was to be let go")
                .isEmpty();
        assertThat(onTheBulk.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(held.results()).containsExactly("[]");
        assertThat(older.results()).containsExactly("[]", "[{},{}]");
        assertStillTrue(held, 250);
    }

    @Test
    void rows_that_are_heard_of_during_a_read_and_are_too_many_end_their_window_alone() {
        openThree();
        feed.put(7_777, 390, "{\"a\":1}");
        settle();
        feed.commit(transaction -> put(transaction, 100, 1));
        feed.hearNext();
        feed.commit(transaction -> {
            put(transaction, 200, 1_000);
            transaction.put(7_777, 390, "{\"b\":1}");
        });
        executor.runAll();
        assertThat(older.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(oldest.results()).containsExactly("[]", "[{}]");
        assertThat(newest.results()).containsExactly("[]", "[{\"a\":1}]", "[{\"b\":1}]");
        assertThat(feed.mostAskedFor()).isLessThanOrEqualTo(LIMITS.feed() + 1);
        assertStillTrue(oldest, 150);
        assertStillTrue(newest, 350);
    }

    @Test
    void rows_that_are_found_elsewhere_and_are_too_many_end_their_window_alone() {
        openThree();
        feed.commit(transaction -> {
            transaction.put(9_998, 250, "{}");
            transaction.put(9_999, 350, "{}");
            transaction.put(7_777, 350, "{\"stays\":1}");
        });
        settle();
        feed.commitUnheard(transaction -> {
            put(transaction, 250, 1_000);
            transaction.put(9_998, 150, "{}");
            transaction.put(9_999, 150, "{}");
        });
        feed.commit(transaction -> transaction.put(9_999, 150, "{\"moved\":1}"));
        settle();
        assertThat(older.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(oldest.results()).containsExactly("[]", "[{},{\"moved\":1}]");
        assertThat(newest.results()).containsExactly("[]", "[{\"stays\":1},{}]", "[{\"stays\":1}]");
        assertStillTrue(oldest, 150);
        assertStillTrue(newest, 350);
    }

    /** Otherwise many windows on many rows would keep all others waiting for minutes. */
    @Test
    void reads_in_vain_are_limited_however_many_windows_have_to_end() {
        openThree();
        var onTheBulk = new ArrayList<HeardResults>();
        for (long start = 420; start < 480; start++) {
            onTheBulk.add(open(new Span(start, 490)));
        }
        feed.reads().clear();
        feed.commit(transaction -> {
            put(transaction, 485, 1_000);
            put(transaction, 200, 2);
        });
        settle();
        assertThat(onTheBulk).allMatch(window -> window.ends().size() == 1);
        assertThat(older.results()).containsExactly("[]", "[{},{}]");
        assertThat(feed.reads()).hasSizeLessThan(10);
    }

    private void tooManyTogether(FakeFeed.Transaction transaction) {
        put(transaction, 100, 4);
        put(transaction, 200, 3);
        put(transaction, 300, 3);
    }

    private void openThree() {
        live.open(Restriction.to(new Span(100, 199)), oldest, FirstResult.HELD);
        live.open(Restriction.to(new Span(200, 299)), older, FirstResult.HELD);
        live.open(Restriction.to(new Span(300, 399)), newest, FirstResult.HELD);
        executor.runAll();
    }

    private HeardResults open(Span span) {
        var heard = new HeardResults();
        live.open(Restriction.to(span), heard, FirstResult.HELD);
        executor.runAll();
        return heard;
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    private void assertStillTrue(HeardResults window, long date) {
        feed.commit(transaction -> transaction.put(++ids, date, "{\"true\":1}"));
        settle();
        assertThat(window.results()).last().asString().contains("{\"true\":1}");
        int last = ids;
        feed.delete(last);
        settle();
        assertThat(window.results()).last().asString().doesNotContain("{\"true\":1}");
    }

    private void put(FakeFeed.Transaction transaction, long date, int rows) {
        for (int row = 0; row < rows; row++) {
            transaction.put(++ids, date, "{}");
        }
    }

    private static Runnable eachOnce(Runnable... some) {
        var rest = new ArrayList<>(List.of(some));
        return () -> {
            if (!rest.isEmpty()) {
                rest.remove(0).run();
            }
        };
    }
}
