package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who writes the streams, on servers that write without blocking and on others. */
class WritersTest {

    private static final int STUCK = 7;
    private static final long PATIENCE_SECONDS = 30;

    private final Writers writers = new Writers();

    @BeforeEach
    void start() {
        writers.startWith(Executors.defaultThreadFactory());
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    void where_nothing_blocks_output_is_written_by_who_sends() {
        assertThat(writerOn("Payara Micro #badassfish", Optional.empty())).isSameAs(Thread.currentThread());
    }

    @Test
    void where_output_blocks_threads_of_their_own_write() {
        assertThat(writerOn("IBM WebSphere Liberty/26.0.0.3", Optional.empty())).isNotSameAs(Thread.currentThread());
    }

    @Test
    void the_setting_is_worth_more_than_the_name() {
        assertThat(writerOn("IBM WebSphere Liberty/30", Optional.of(0))).isSameAs(Thread.currentThread());
        assertThat(writerOn("Another server", Optional.of(1))).isNotSameAs(Thread.currentThread());
    }

    @Test
    void one_fewer_stuck_clients_than_writers_keep_no_other_waiting() {
        writers.writeOn(STUCK + 1);
        var reads = new CountDownLatch(1);
        var written = new AtomicInteger();
        for (int i = 0; i < STUCK; i++) {
            writers.execute(() -> awaitUninterrupted(reads));
        }
        for (int i = 0; i < 100; i++) {
            writers.execute(written::incrementAndGet);
        }
        await().until(() -> written.get() == 100);
        reads.countDown();
    }

    @Test
    void all_writers_are_really_there() throws Exception {
        writers.writeOn(STUCK);
        var all = new CyclicBarrier(STUCK + 1);
        for (int i = 0; i < STUCK; i++) {
            writers.execute(() -> meet(all));
        }
        all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void what_is_left_when_the_server_goes_away_is_written_at_once() {
        writers.writeOn(1);
        writers.stop();
        var written = new AtomicInteger();
        writers.execute(written::incrementAndGet);
        assertThat(written).hasValue(1);
    }

    private Thread writerOn(String server, Optional<Integer> setting) {
        writers.setting = setting;
        writers.choose((ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> server));
        var writer = new Thread[1];
        var written = new CountDownLatch(1);
        writers.execute(() -> {
            writer[0] = Thread.currentThread();
            written.countDown();
        });
        awaitUninterrupted(written);
        return writer[0];
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
