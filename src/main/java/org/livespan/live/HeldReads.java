package org.livespan.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.db.DatabaseThreads;
import org.livespan.time.Span;

/**
 * Answers plain requests from the held rows, equal ones together. They see everything committed before them, so that has to be
 * heard first.
 *
 * <p>The fields that change are guarded by this object's lock.
 */
final class HeldReads {

    private final SharedBarrier barrier;
    private final int mostRows;
    private final UnsentBytes unsent;
    private final ScheduledExecutorService executor;

    /** Those that wait for the same to be heard. */
    private Map<Wanted, CompletionStage<Optional<SharedResult>>> gathering = new HashMap<>();

    private CompletionStage<Void> awaited;

    private record Wanted(LiveFeed feed, Span span) {}

    /** @param executor prepares the results */
    HeldReads(SharedBarrier barrier, int mostRows, UnsentBytes unsent, ScheduledExecutorService executor) {
        this.barrier = barrier;
        this.mostRows = mostRows;
        this.unsent = unsent;
        this.executor = executor;
    }

    /**
     * @return completes with the rows as they were committed before this call or later; with nothing if they are not held,
     *     or it is not known what was committed
     */
    synchronized CompletionStage<Optional<SharedResult>> read(LiveFeed feed, Span span) {
        CompletionStage<Void> heard = barrier.await();
        if (heard != awaited) {
            awaited = heard;
            gathering = new HashMap<>();
        }
        return gathering.computeIfAbsent(new Wanted(feed, span), this::begin);
    }

    private CompletionStage<Optional<SharedResult>> begin(Wanted wanted) {
        var image = new CompletableFuture<Optional<Image>>();
        awaited.whenComplete((nothing, failure) -> {
            if (failure == null) {
                wanted.feed.look(wanted.span, image);
            } else {
                image.complete(Optional.empty());
            }
        });
        return image.thenApplyAsync(
                found -> found.map(rows -> SharedResult.of(rows, wanted.span, mostRows, unsent)), executor);
    }

    void stop(Duration atMost) throws InterruptedException {
        DatabaseThreads.end(executor, atMost);
    }
}
