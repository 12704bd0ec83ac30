package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Writing to the clients, by a few workers. */
class DeliveryTest {

    private static final int THREADS = 4;
    private static final int TASKS = 10_000;

    private final AtomicInteger done = new AtomicInteger();

    @RepeatedTest(20)
    void whatever_is_given_by_however_many_at_once_is_done() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(Delivery.MOST_WORKERS + THREADS);
        try {
            var delivery = new Delivery(pool);
            var begin = new CountDownLatch(1);
            for (int thread = 0; thread < THREADS; thread++) {
                pool.execute(() -> {
                    awaitUninterrupted(begin);
                    for (int i = 0; i < TASKS; i++) {
                        delivery.execute(done::incrementAndGet);
                    }
                });
            }
            begin.countDown();
            await().until(() -> done.get() == THREADS * TASKS);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void no_more_workers_are_sent_for_than_there_are_processors() {
        Queue<Runnable> workers = new ArrayDeque<>();
        var delivery = new Delivery(workers::add);
        for (int i = 0; i < TASKS; i++) {
            delivery.execute(done::incrementAndGet);
        }
        assertThat(workers).hasSizeBetween(1, Runtime.getRuntime().availableProcessors());
        workers.remove().run();
        assertThat(done).hasValue(TASKS);
    }

    @Test
    void a_task_that_fails_keeps_no_other_from_being_done() {
        var delivery = new Delivery(Runnable::run);
        delivery.execute(() -> {
            throw new IllegalStateException("a client's own fault");
        });
        delivery.execute(done::incrementAndGet);
        assertThat(done).hasValue(1);
    }

    @Test
    void when_the_server_gives_no_thread_any_more_it_is_done_at_once() {
        var delivery = new Delivery(task -> {
            throw new RejectedExecutionException("the server goes away");
        });
        delivery.execute(done::incrementAndGet);
        delivery.execute(done::incrementAndGet);
        assertThat(done).hasValue(2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
