package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.time.Span;

/** One span of a feed, kept true while somebody watches it. */
class WindowTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);
    private static final Span SPAN = new Span(NOON, NOON.plusHours(1));
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Result A = result("a");
    private static final Result B = result("b");

    private final ManualExecutor executor = new ManualExecutor();
    private final HeardResults heard = new HeardResults();
    private final List<Window> closed = new ArrayList<>();
    private Supplier<Result> database = () -> A;
    private int reads;

    private final Window window = new Window(SPAN, this::read, heard, executor, INTERVAL, closed::add);

    @Test
    void the_first_change_is_read_at_once() {
        window.touch(SPAN);
        assertThat(executor.nextDelay()).isLessThanOrEqualTo(Duration.ZERO);
        executor.runNext();
        assertThat(heard.results()).containsExactly(A);
    }

    @Test
    void the_first_result_is_told_in_any_case() {
        database = () -> Result.of(List.of());
        look();
        assertThat(heard.results()).hasSize(1);
    }

    @Test
    void a_result_that_is_as_it_was_is_not_told_again() {
        look();
        look();
        assertThat(reads).isEqualTo(2);
        assertThat(heard.results()).containsExactly(A);
    }

    @Test
    void a_result_that_differs_is_told_and_so_is_the_way_back() {
        look();
        database = () -> B;
        look();
        database = () -> A;
        look();
        assertThat(heard.results()).containsExactly(A, B, A);
    }

    @Test
    void a_change_outside_the_span_is_none_of_its_business() {
        window.touch(new Span(NOON.plusHours(2), NOON.plusHours(3)));
        window.touch(new Span(null, NOON.minusNanos(1_000)));
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_at_either_end_of_the_span_is() {
        window.touch(new Span(null, NOON));
        executor.runAll();
        window.touch(new Span(NOON.plusHours(1), null));
        executor.runAll();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void changes_while_a_read_is_due_are_folded_into_it() {
        for (int i = 0; i < 100; i++) {
            window.touch(SPAN);
        }
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void changes_during_a_read_are_folded_into_one_more() {
        database = () -> {
            if (reads == 1) {
                for (int i = 0; i < 100; i++) {
                    window.touch(SPAN);
                }
                assertThat(executor.waiting())
                        .as("reads at a time besides this one")
                        .isZero();
            }
            return A;
        };
        window.touch(SPAN);
        executor.runNext();
        assertThat(executor.waiting()).isEqualTo(1);
        executor.runAll();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void a_change_while_the_listener_is_told_is_read_too() {
        var window2 = new Window[1];
        WindowListener touching = new WindowListener() {
            @Override
            public void changed(Result result) {
                heard.changed(result);
                database = () -> B;
                if (result.equals(A)) {
                    window2[0].touch(SPAN);
                }
            }

            @Override
            public void ended(RuntimeException reason) {
                heard.ended(reason);
            }
        };
        window2[0] = new Window(SPAN, this::read, touching, executor, INTERVAL, closed::add);
        window2[0].touch(SPAN);
        executor.runAll();
        assertThat(heard.results()).containsExactly(A, B);
    }

    @Test
    void the_next_read_starts_no_sooner_than_the_refresh_interval_after_the_last() {
        look();
        window.touch(SPAN);
        assertThat(executor.nextDelay()).isBetween(INTERVAL.minusMinutes(1), INTERVAL);
    }

    @Test
    void a_failure_before_the_first_result_ends_it() {
        var failure = new FeedUnavailableException("orders", new IllegalStateException("down"));
        database = () -> {
            throw failure;
        };
        look();
        assertThat(heard.ends()).containsExactly(failure);
        assertThat(heard.results()).isEmpty();
        assertThat(closed).containsExactly(window);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_failure_later_is_not_told_but_tried_again_after_a_while_until_it_is_over() {
        look();
        database = () -> {
            throw new FeedUnavailableException("orders", new IllegalStateException("down"));
        };
        window.touch(SPAN);
        executor.runNext();
        for (int i = 0; i < 5; i++) {
            assertThat(executor.waiting()).isEqualTo(1);
            assertThat(executor.nextDelay()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
            executor.runNext();
        }
        database = () -> B;
        executor.runNext();
        assertThat(heard.results()).containsExactly(A, B);
        assertThat(heard.ends()).isEmpty();
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_while_it_waits_to_try_again_does_not_hurry_it() {
        look();
        database = () -> {
            throw new FeedUnavailableException("orders", new IllegalStateException("down"));
        };
        window.touch(SPAN);
        executor.runNext();
        window.touch(SPAN);
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void a_window_that_grows_too_large_ends() {
        look();
        var tooLarge = new WindowTooLargeException(10);
        database = () -> {
            throw tooLarge;
        };
        look();
        assertThat(heard.ends()).containsExactly(tooLarge);
        assertThat(closed).containsExactly(window);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void after_it_is_closed_nothing_is_told_and_nothing_scheduled() {
        look();
        database = () -> B;
        window.touch(SPAN);
        window.close();
        executor.runAll();
        window.touch(SPAN);
        assertThat(executor.waiting()).isZero();
        assertThat(heard.results()).containsExactly(A);
        assertThat(heard.ends()).isEmpty();
    }

    @Test
    void closed_during_a_read_it_tells_neither_the_result_nor_a_failure() {
        database = () -> {
            window.close();
            return A;
        };
        look();
        assertThat(heard.results()).isEmpty();
        var other = new Window[1];
        other[0] = new Window(
                SPAN,
                () -> {
                    other[0].close();
                    throw new FeedUnavailableException("orders", new IllegalStateException("down"));
                },
                heard,
                executor,
                INTERVAL,
                closed::add);
        other[0].touch(SPAN);
        executor.runAll();
        assertThat(heard.ends()).isEmpty();
        assertThat(executor.waiting()).isZero();
    }

    private void look() {
        window.touch(SPAN);
        executor.runAll();
    }

    private Result read() {
        reads++;
        return database.get();
    }

    private static Result result(String customer) {
        return Result.of(List.of(row(NOON, "{\"customer\":\"" + customer + "\"}")));
    }
}
