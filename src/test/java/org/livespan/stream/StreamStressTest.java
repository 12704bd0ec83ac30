package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.livespan.live.OneRow;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** A window's results, clients that join, a pulse and the containers' threads, all at once. */
class StreamStressTest {

    /** Room for a few of the large results. */
    private final UnsentBytes room = Results.room(300_000);

    private static final int CLIENTS = 8;
    private static final int RESULTS = 2_000;
    private static final int CONTAINER_THREADS = 2;
    private static final int WRITERS = 4;
    private static final Pattern FRAME =
            Pattern.compile(": livespan\nretry: \\d+\n\n|: heartbeat\n\n|id: ([\\w-]{43})\ndata: \\[(\\d+) *]\n\n");

    private final StreamSettings settings = new StreamSettings();
    private final Queue<FakeConnection> connections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() {
        writers.shutdownNow();
    }

    @RepeatedTest(3)
    @Timeout(60)
    void every_client_gets_whole_events_in_order_and_the_last_result_at_the_end() throws Exception {
        long seed = new Random().nextLong();
        settings.retry = Duration.ofSeconds(2);
        settings.heartbeat = Duration.ofNanos(1_000);
        settings.sendTimeout = Duration.ofHours(1);
        settings.maxAge = Duration.ofHours(1);
        var broadcaster = new ResultBroadcaster(settings, room, writers, reason -> StreamEvent.error("{}"));
        var table = new OneRow("0");
        table.open(broadcaster);

        var threads = new ArrayList<Thread>();
        threads.add(worker(() -> broadcast(table, new Random(seed))));
        threads.add(worker(() -> join(broadcaster, new Random(seed + 1))));
        threads.add(worker(() -> pulse(broadcaster)));
        for (int i = 0; i < CONTAINER_THREADS; i++) {
            var random = new Random(seed + 2 + i);
            threads.add(new Thread(() -> run(() -> {
                while (working.get() > 0) {
                    serve(random);
                }
            })));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (FakeConnection connection : connections) {
            await("seed " + seed).until(() -> {
                connection.readsAll();
                List<Integer> shown = shown(connection.wire());
                return !shown.isEmpty() && shown.get(shown.size() - 1) == RESULTS;
            });
        }

        assertThat(failures).as("seed %d", seed).isEmpty();
        assertThat(ended).as("clients gone, seed %d", seed).hasValue(0);
        for (FakeConnection connection : connections) {
            String wire = connection.wire();
            assertThat(FRAME.matcher(wire).replaceAll("")).as("seed %d", seed).isEmpty();
            assertThat(shown(wire))
                    .as("seed %d", seed)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(RESULTS);
        }
        broadcaster.close();
        assertThat(ended).as("clients gone, seed %d", seed).hasValue(CLIENTS);
        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.completions()).isEqualTo(1));
        assertThat(Results.isFree(room))
                .as("no result is shared any more, seed %d", seed)
                .isTrue();
    }

    private static void broadcast(OneRow table, Random random) {
        for (int i = 1; i <= RESULTS; i++) {
            String json = i + " ".repeat(random.nextInt(100) == 0 ? 100_000 : random.nextInt(10));
            table.becomes(json);
            spin(random.nextInt(500));
        }
    }

    private void join(ResultBroadcaster broadcaster, Random random) throws Exception {
        for (int client = 0; client < CLIENTS; client++) {
            var connection = new FakeConnection();
            var sink = new ServletEventSink(connection.context(), Runnable::run, connection.context()::complete);
            sink.open(EventStreamFormat.HEADERS);
            connections.add(connection);
            broadcaster.register(sink, new NewestResult(null), settings.lifetime(), ending -> ended.incrementAndGet());
            spin(random.nextInt(50_000));
        }
    }

    private static void pulse(ResultBroadcaster broadcaster) {
        for (int i = 0; i < RESULTS; i++) {
            broadcaster.pulse(new Unread());
        }
    }

    private void serve(Random random) throws Exception {
        for (FakeConnection connection : connections) {
            connection.reads(random.nextInt(4));
        }
    }

    private static List<Integer> shown(String wire) {
        return FRAME.matcher(wire)
                .results()
                .filter(frame -> frame.group(1) != null)
                .map(StreamStressTest::number)
                .toList();
    }

    private static int number(MatchResult frame) {
        return Integer.parseInt(frame.group(2));
    }

    private interface Work {
        void run() throws Exception;
    }

    /** The containers' threads continue until the last worker has ended. */
    private Thread worker(Work work) {
        working.incrementAndGet();
        return new Thread(() -> {
            run(work);
            working.decrementAndGet();
        });
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    private static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
