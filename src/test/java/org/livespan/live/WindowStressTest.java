package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.livespan.time.Span;

/** A window under writers on threads of their own. */
class WindowStressTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);
    private static final Span SPAN = new Span(NOON, NOON);
    private static final int WRITERS = 3;
    private static final int COMMITS = 300;

    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicBoolean readsAtOnce = new AtomicBoolean();
    private final List<Integer> shown = new ArrayList<>();
    private final CountDownLatch lastShown = new CountDownLatch(1);

    @RepeatedTest(3)
    @Timeout(60)
    void once_writes_stop_the_last_result_is_the_database_and_none_before_it_went_back() throws Exception {
        long seed = new Random().nextLong();
        var executor = new ScheduledThreadPoolExecutor(2);
        var window = new Window(SPAN, this::read, listener(), executor, Duration.ZERO, closed -> {});
        try {
            var writers = new ArrayList<Thread>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(new Thread(commits(window, new Random(seed + writer))));
            }
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
            lastShown.await();
            window.close();
        } finally {
            executor.shutdownNow();
        }
        assertThat(readsAtOnce)
                .as("two reads of one window at once, seed %d", seed)
                .isFalse();
        assertThat(shown).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
    }

    private Runnable commits(Window window, Random random) {
        return () -> {
            for (int i = 0; i < COMMITS; i++) {
                committed.incrementAndGet();
                window.touch(SPAN);
                spin(random.nextInt(5_000));
            }
        };
    }

    private Result read() {
        assertThat(reading.getAndSet(true))
                .as("two reads of one window at once")
                .isFalse();
        try {
            int now = committed.get();
            spin(now % 1_000);
            return Result.of(List.of(row(NOON, Integer.toString(now))));
        } finally {
            reading.set(false);
        }
    }

    private WindowListener listener() {
        return new WindowListener() {
            @Override
            public void changed(Result result) {
                String json = new String(result.json(), StandardCharsets.US_ASCII);
                int number = Integer.parseInt(json.substring(1, json.length() - 1));
                shown.add(number);
                if (number == WRITERS * COMMITS) {
                    lastShown.countDown();
                }
            }

            @Override
            public void ended(RuntimeException reason) {
                throw new AssertionError(reason);
            }
        };
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
