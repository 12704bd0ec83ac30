package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that are gone are detected when seats are short, and only then. */
class RollCallTest {

    private static final int HEARTBEATS = 4;
    private static final Client ADDRESS = new Client("192.0.2.1/32", null);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger heartbeats = new AtomicInteger();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void a_waiting_client_gets_the_seat_of_one_that_a_heartbeat_finds_gone() {
        var seats = new Seats(2, new SeatCounts(0, 0), Runnable::run);
        seats.take(ADDRESS);
        Runnable gone = seats.take(ADDRESS).toCompletableFuture().join();
        var waiter = seats.take(ADDRESS).toCompletableFuture();

        new RollCall(seats, () -> leaveAtTheLast(gone), executor).callIfShort();
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void if_nobody_is_gone_a_waiting_client_is_refused_after_one_round() {
        var seats = new Seats(2, new SeatCounts(0, 0), Runnable::run);
        seats.take(ADDRESS);
        seats.take(ADDRESS);
        CompletableFuture<Runnable> waiter = seats.take(ADDRESS).toCompletableFuture();
        var roll = new RollCall(seats, this::count, executor);
        roll.callIfShort();
        roll.callIfShort();

        await().until(waiter::isCompletedExceptionally);
        assertThat(heartbeats).hasValue(HEARTBEATS);
    }

    @Test
    void no_heartbeat_is_sent_while_there_are_enough_seats() {
        var seats = new Seats(100, new SeatCounts(0, 0), Runnable::run);
        for (int i = 0; i < 90; i++) {
            seats.take(ADDRESS);
        }
        new RollCall(seats, this::count, executor).callIfShort();
        assertThat(heartbeats).hasValue(0);
    }

    private CompletionStage<?> count() {
        heartbeats.incrementAndGet();
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<?> leaveAtTheLast(Runnable gone) {
        if (heartbeats.incrementAndGet() == HEARTBEATS) {
            gone.run();
        }
        return CompletableFuture.completedStage(null);
    }
}
