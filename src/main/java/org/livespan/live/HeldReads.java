package org.livespan.live;

import static java.lang.System.Logger.Level.ERROR;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.livespan.db.MemoryLoss;
import org.livespan.time.Span;

/**
 * Answers plain requests from the held rows, equal ones together. They see everything committed before them, so that has to be
 * heard first.
 *
 * <p>The fields that change are guarded by this object's lock.
 */
final class HeldReads {

    private static final Logger LOG = System.getLogger(HeldReads.class.getName());

    private final SharedBarrier barrier;
    private final int mostRows;
    private final UnsentBytes unsent;
    private final Executor preparing;

    /** Those that wait for the same marker, by what they ask for. */
    private Map<Wanted, CompletionStage<Optional<SharedResult>>> gathering = new HashMap<>();

    /** Null if there are none. */
    private CompletionStage<Void> awaited;

    private record Wanted(LiveFeed feed, Span span) {}

    /** @param preparing makes the results, which takes as long as they are large */
    HeldReads(SharedBarrier barrier, int mostRows, UnsentBytes unsent, Executor preparing) {
        this.barrier = barrier;
        this.mostRows = mostRows;
        this.unsent = unsent;
        this.preparing = preparing;
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
            heard.whenComplete((nothing, failure) -> forget(heard));
        }
        return gathering.computeIfAbsent(new Wanted(feed, span), wanted -> begin(wanted, heard));
    }

    /** Whoever comes from now on is too late for this marker. */
    private synchronized void forget(CompletionStage<Void> heard) {
        if (heard == awaited) {
            awaited = null;
            gathering = new HashMap<>();
        }
    }

    private CompletionStage<Optional<SharedResult>> begin(Wanted wanted, CompletionStage<Void> heard) {
        var image = new CompletableFuture<Optional<Image>>();
        heard.handle((nothing, failure) -> look(wanted, failure == null, image))
                .exceptionally(unexpected -> failed(unexpected, image));
        return image.thenCompose(found -> found.map(rows -> prepared(rows, wanted.span))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    private static Void look(Wanted wanted, boolean heard, CompletableFuture<Optional<Image>> image) {
        if (heard) {
            wanted.feed.look(wanted.span, image);
        } else {
            image.complete(Optional.empty());
        }
        return null;
    }

    private static Void failed(Throwable unexpected, CompletableFuture<Optional<Image>> image) {
        MemoryLoss.tell(unexpected);
        LOG.log(ERROR, "Held rows could not be used for a plain request, which is answered by a query", unexpected);
        image.complete(Optional.empty());
        return null;
    }

    private CompletableFuture<Optional<SharedResult>> prepared(Image rows, Span span) {
        return CompletableFuture.supplyAsync(
                () -> Optional.of(SharedResult.of(rows, span, mostRows, unsent)), preparing);
    }
}
