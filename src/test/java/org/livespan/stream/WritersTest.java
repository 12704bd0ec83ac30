package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which threads write the streams, on servers that write without blocking and on others. */
class WritersTest {

    private static final int STUCK = 7;
    private static final long PATIENCE_SECONDS = 30;

    private final Writers writers = new Writers();

    @BeforeEach
    void start() {
        writers.startWith(Executors.defaultThreadFactory());
        writers.number = Optional.empty();
        writers.blocks = Optional.empty();
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    void where_output_does_not_block_the_calling_thread_writes_it() {
        choose("Payara Micro #badassfish");
        assertThat(threadOf(writers.output())).isSameAs(Thread.currentThread());
        assertThat(threadOf(writers.executor())).isNotSameAs(Thread.currentThread());
    }

    @Test
    void where_output_blocks_separate_threads_write_it() {
        choose("IBM WebSphere Liberty/26.0.0.3");
        assertThat(threadOf(writers.output())).isNotSameAs(Thread.currentThread());
    }

    @Test
    void the_setting_overrides_the_name_of_the_server() {
        writers.blocks = Optional.of(false);
        choose("IBM WebSphere Liberty/30");
        assertThat(threadOf(writers.output())).isSameAs(Thread.currentThread());
        writers.stop();
        writers.blocks = Optional.of(true);
        choose("Another server");
        assertThat(threadOf(writers.output())).isNotSameAs(Thread.currentThread());
    }

    @Test
    void stuck_clients_keep_no_other_waiting_as_long_as_one_writer_is_free() {
        writers.number = Optional.of(STUCK + 1);
        choose("Any server");
        var reads = new CountDownLatch(1);
        var written = new AtomicInteger();
        for (int i = 0; i < STUCK; i++) {
            writers.executor().execute(() -> awaitUninterrupted(reads));
        }
        for (int i = 0; i < 100; i++) {
            writers.executor().execute(written::incrementAndGet);
        }
        await().until(() -> written.get() == 100);
        reads.countDown();
    }

    @Test
    void where_output_blocks_the_number_of_writers_doubles_while_all_are_stuck_and_falls_back_later() {
        writers.number = Optional.of(STUCK);
        writers.blocks = Optional.of(true);
        choose("Any server");
        var reads = new CountDownLatch(1);
        for (int i = 0; i < 5 * STUCK; i++) {
            writers.executor().execute(() -> awaitUninterrupted(reads));
        }
        var written = new AtomicInteger();
        writers.executor().execute(written::incrementAndGet);
        assertThat(looksUntil(() -> written.get() == 1)).as("doubled thrice").isEqualTo(4);

        reads.countDown();
        await().until(() -> pool().getActiveCount() == 0);
        writers.pulse();
        assertThat(pool().getCorePoolSize()).isEqualTo(STUCK);
    }

    @Test
    void no_writer_is_added_while_the_existing_ones_get_to_every_waiting_task() {
        writers.number = Optional.of(1);
        writers.blocks = Optional.of(true);
        choose("Any server");
        for (int i = 0; i < 10; i++) {
            var reads = new CountDownLatch(1);
            writers.executor().execute(() -> awaitUninterrupted(reads));
            writers.executor().execute(() -> {});
            writers.pulse();
            reads.countDown();
            await().until(() ->
                    pool().getActiveCount() == 0 && pool().getQueue().isEmpty());
        }
        assertThat(pool().getCorePoolSize()).isEqualTo(1);
    }

    @Test
    void where_output_does_not_block_no_writer_is_added() {
        writers.number = Optional.of(1);
        choose("Any server");
        var reads = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            writers.executor().execute(() -> awaitUninterrupted(reads));
        }
        writers.pulse();
        writers.pulse();
        assertThat(pool().getPoolSize()).isEqualTo(1);
        reads.countDown();
    }

    @Test
    void streams_are_written_however_many_plain_results_are_stuck() {
        writers.number = Optional.of(STUCK);
        choose("Any server");
        var reads = new CountDownLatch(1);
        for (int i = 0; i < 10 * STUCK; i++) {
            writers.answers().execute(() -> awaitUninterrupted(reads));
        }
        assertThat(threadOf(writers.executor())).isNotSameAs(Thread.currentThread());
        reads.countDown();
    }

    @Test
    void tasks_run_in_the_order_in_which_they_are_due_whenever_they_came() throws Exception {
        writers.number = Optional.of(1);
        choose("Any server");
        var begin = new CountDownLatch(1);
        writers.executor().execute(() -> awaitUninterrupted(begin));
        List<String> done = new CopyOnWriteArrayList<>();
        long now = System.nanoTime();
        writers.executor().execute(new Turn(() -> done.add("slow"), now + Transit.SLOWEST_NANOS));
        writers.executor().execute(new Turn(() -> done.add("fast"), now + 1));
        writers.executor().execute(new Turn(() -> done.add("fastest"), now));
        var all = Turn.afterAll(writers.executor()).toCompletableFuture();
        writers.executor().execute(() -> done.add("any other, as it comes"));
        begin.countDown();
        all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(done).containsExactly("fastest", "fast", "any other, as it comes", "slow");
    }

    @Test
    void all_writers_run_at_the_same_time() throws Exception {
        writers.number = Optional.of(STUCK);
        choose("Any server");
        var all = new CyclicBarrier(STUCK + 1);
        for (int i = 0; i < STUCK; i++) {
            writers.executor().execute(() -> meet(all));
        }
        all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void after_the_stop_the_calling_thread_writes_what_is_left() {
        choose("Any server");
        writers.stop();
        assertThat(threadOf(writers.executor())).isSameAs(Thread.currentThread());
    }

    private void choose(String server) {
        writers.choose((ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> server));
    }

    private static Thread threadOf(Executor executor) {
        var thread = new CompletableFuture<Thread>();
        executor.execute(() -> thread.complete(Thread.currentThread()));
        return thread.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private WriterPool pool() {
        return (WriterPool) writers.executor();
    }

    /** How many pulses it takes, as if a second passed before each. */
    private int looksUntil(BooleanSupplier condition) {
        int looks = 0;
        while (looks < 100 && !condition.getAsBoolean()) {
            int before = pool().getCorePoolSize();
            writers.pulse();
            looks++;
            await("the new ones are stuck too, or have come to what waits")
                    .until(() -> condition.getAsBoolean()
                            || pool().getCorePoolSize() == before
                            || pool().getActiveCount() == pool().getCorePoolSize());
        }
        return looks;
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
