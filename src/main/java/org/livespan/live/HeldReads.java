package org.livespan.live;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.change.ListenBarrier;
import org.livespan.db.DatabaseThreads;
import org.livespan.time.Span;

/**
 * Answers plain requests from the held rows. They see everything committed before them, so that has to be heard first: waited
 * for once for all requests that come meanwhile, at the cost of one statement.
 *
 * <p>The mutable fields are guarded by this object's lock. One thread waits for the listener.
 */
final class HeldReads {

    /** The statement is a commit with a notification, and in PostgreSQL these wait for one another. */
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final ListenBarrier barrier;
    private final int mostRows;
    private final UnsentBytes unsent;
    private final ScheduledExecutorService executor;

    private Map<Wanted, Read> gathering = new LinkedHashMap<>();
    private long notBefore = System.nanoTime();

    private record Wanted(LiveFeed feed, Span span) {}

    private record Read(CompletableFuture<Optional<Image>> image, CompletionStage<Optional<SharedResult>> result) {}

    /** @param executor with one thread, so that requests gather meanwhile */
    HeldReads(ListenBarrier barrier, int mostRows, UnsentBytes unsent, ScheduledExecutorService executor) {
        this.barrier = barrier;
        this.mostRows = mostRows;
        this.unsent = unsent;
        this.executor = executor;
    }

    /**
     * @return completes with the rows as they were committed before this call or later; with nothing if they are not held, or
     *     it is not known what was committed
     */
    synchronized CompletionStage<Optional<SharedResult>> read(LiveFeed feed, Span span) {
        if (gathering.isEmpty()) {
            executor.schedule(this::hear, notBefore - System.nanoTime(), NANOSECONDS);
        }
        return gathering.computeIfAbsent(new Wanted(feed, span), this::begin).result();
    }

    private Read begin(Wanted wanted) {
        var image = new CompletableFuture<Optional<Image>>();
        return new Read(
                image,
                image.thenApplyAsync(
                        found -> found.map(rows -> SharedResult.of(rows, wanted.span, mostRows, unsent)), executor));
    }

    private void hear() {
        Map<Wanted, Read> asked = take();
        try {
            barrier.await();
            asked.forEach((wanted, read) -> wanted.feed.look(wanted.span, read.image));
        } catch (RuntimeException | OutOfMemoryError e) {
            asked.values().forEach(read -> read.image.complete(Optional.empty()));
        }
    }

    /** Requests from now on are too late for the statement that follows. */
    private synchronized Map<Wanted, Read> take() {
        Map<Wanted, Read> asked = gathering;
        gathering = new LinkedHashMap<>();
        notBefore = System.nanoTime() + BETWEEN.toNanos();
        return asked;
    }

    void stop(Duration atMost) throws InterruptedException {
        DatabaseThreads.end(executor, atMost);
    }
}
