package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;

/** Which clients are admitted. */
class SeatsTest {

    private static final Client MANY = new Client("192.0.2.1/32", null);
    private static final Client FEW = new Client("198.51.100.1/32", null);

    private final Seats seats = new Seats(2, new SeatCounts(0, 0), Runnable::run);

    @Test
    void a_seat_that_is_given_back_goes_to_a_waiting_client() {
        Runnable first = take(MANY).join();
        take(MANY).join();
        var waiter = take(MANY);
        assertThat(waiter).isNotDone();

        first.run();
        assertThat(waiter).isCompleted();
        assertThat(seats.taken()).isEqualTo(2);
    }

    @Test
    void a_client_that_waited_for_a_whole_round_is_refused_and_one_that_came_during_it_keeps_waiting() {
        take(MANY).join();
        take(MANY).join();
        var before = take(MANY);
        long begin = seats.beginRound();
        var during = take(MANY);

        seats.endRound(begin);
        assertRefused(before, ProblemType.TOO_MANY_CLIENTS);
        assertThat(during).isNotDone();
        assertThat(seats.areShort()).isTrue();
    }

    @Test
    void if_a_client_was_found_gone_those_still_waiting_wait_for_another_round() {
        take(MANY).join();
        Runnable gone = take(MANY).join();
        var first = take(MANY);
        var second = take(MANY);
        long begin = seats.beginRound();

        gone.run();
        assertThat(first).isCompleted();
        assertThat(seats.endRound(begin)).isEqualTo(1);
        assertThat(second).isNotDone();
        assertThat(seats.endRound(seats.beginRound())).isZero();
        assertRefused(second, ProblemType.TOO_MANY_CLIENTS);
    }

    @Test
    void a_client_that_waited_for_a_round_in_which_others_took_the_last_seats_waits_for_another_round() {
        var large = new Seats(200, new SeatCounts(0, 0), Runnable::run);
        for (int i = 0; i < 198; i++) {
            assertThat(large.take(MANY)).isCompleted();
        }
        var waiter = large.take(MANY).toCompletableFuture();
        long begin = large.beginRound();
        large.take(FEW);
        large.take(FEW);
        large.endRound(begin);
        assertThat(waiter).as("the two may be gone already").isNotDone();

        large.endRound(large.beginRound());
        assertRefused(waiter, ProblemType.TOO_MANY_CLIENTS);
    }

    @Test
    void of_the_waiting_clients_the_one_whose_address_holds_the_fewest_seats_goes_first() {
        Runnable one = take(MANY).join();
        take(MANY).join();
        var many = take(MANY);
        var few = take(FEW);

        one.run();
        assertThat(few).isCompleted();
        assertThat(many).isNotDone();
    }

    @Test
    void an_address_that_holds_half_gets_only_one_of_the_last_seats_a_round_and_others_get_theirs_at_once() {
        var large = new Seats(200, new SeatCounts(0, 0), Runnable::run);
        for (int i = 0; i < 198; i++) {
            assertThat(large.take(MANY)).isCompleted();
        }
        var first = large.take(MANY).toCompletableFuture();
        var second = large.take(MANY).toCompletableFuture();
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);

        large.endRound(large.beginRound());
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(large.take(FEW)).as("before whoever waits").isCompleted();
        large.endRound(large.beginRound());
        assertRefused(second, ProblemType.TOO_MANY_CLIENTS);
    }

    @Test
    void no_more_than_a_thousand_clients_wait() {
        take(MANY).join();
        take(MANY).join();
        var waiting = new ArrayList<CompletableFuture<Runnable>>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(take(MANY));
        }
        assertRefused(take(FEW), ProblemType.TOO_MANY_CLIENTS);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void on_shutdown_waiting_clients_are_refused_and_free_seats_are_no_longer_given() {
        take(MANY).join();
        Runnable second = take(MANY).join();
        var waiting = take(FEW);
        assertThat(seats.close()).isTrue();
        assertThat(seats.close()).isFalse();
        assertRefused(waiting, ProblemType.SHUTTING_DOWN);

        second.run();
        assertRefused(take(FEW), ProblemType.SHUTTING_DOWN);
    }

    @Test
    void a_client_that_gave_up_waiting_takes_no_seat() {
        Runnable first = take(MANY).join();
        take(MANY).join();
        var gone = take(FEW);
        gone.cancel(false);

        first.run();
        assertThat(seats.taken()).isEqualTo(1);
    }

    @Test
    void an_address_at_its_limit_waits_for_one_round_and_is_refused_then_and_others_are_admitted() {
        var limited = new Seats(100, new SeatCounts(2, 0), Runnable::run);
        Runnable first = limited.take(MANY).toCompletableFuture().join();
        limited.take(MANY);
        var waiting = limited.take(MANY).toCompletableFuture();
        assertThat(waiting).isNotDone();
        assertThat(limited.areShort()).as("a roll call is due").isTrue();
        assertThat(limited.take(FEW)).isCompleted();
        limited.endRound(limited.beginRound());
        assertRefused(waiting, ProblemType.TOO_MANY_STREAMS);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiting::join)
                .withMessageContaining("Your address has 2 open streams");

        var next = limited.take(MANY).toCompletableFuture();
        first.run();
        assertThat(next).as("a seat of this address is free").isCompleted();
    }

    @Test
    void a_user_at_his_limit_is_refused_from_whichever_address() {
        var limited = new Seats(100, new SeatCounts(0, 1), Runnable::run);
        Runnable ada =
                limited.take(new Client("one", "Ada")).toCompletableFuture().join();
        var again = limited.take(new Client("other", "Ada")).toCompletableFuture();
        assertThat(limited.take(new Client("one", "Bob"))).isCompleted();
        assertThat(limited.take(new Client("one", null))).isCompleted();
        limited.endRound(limited.beginRound());
        assertRefused(again, ProblemType.TOO_MANY_STREAMS);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(again::join)
                .withMessageContaining("You have 1 open streams");
        ada.run();
        assertThat(limited.take(new Client("other", "Ada"))).as("hers is free").isCompleted();
    }

    @Test
    void of_those_at_a_limit_only_a_few_wait() {
        var limited = new Seats(100, new SeatCounts(1, 0), Runnable::run);
        limited.take(MANY);
        for (int i = 0; i < 10; i++) {
            assertThat(limited.take(MANY).toCompletableFuture()).isNotDone();
        }
        assertRefused(limited.take(MANY).toCompletableFuture(), ProblemType.TOO_MANY_STREAMS);
        limited.take(FEW);
        assertThat(limited.take(FEW).toCompletableFuture())
                .as("those of another address are not counted")
                .isNotDone();
    }

    @Test
    void waiting_until_no_seat_is_taken_ends_when_the_last_is_given_back_or_the_time_is_over() throws Exception {
        Runnable only = take(MANY).join();
        assertThat(seats.awaitNoneTaken(Duration.ofMillis(1))).isFalse();
        var none = CompletableFuture.supplyAsync(() -> {
            try {
                return seats.awaitNoneTaken(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        only.run();
        assertThat(none.get()).isTrue();
    }

    private CompletableFuture<Runnable> take(Client client) {
        return seats.take(client).toCompletableFuture();
    }

    private static void assertRefused(CompletableFuture<Runnable> seat, ProblemType type) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(seat::join)
                .satisfies(refusal ->
                        assertThat(((Problem) refusal.getCause()).type()).isEqualTo(type));
    }
}
