package org.livespan.live;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.livespan.time.Span;

/** Answers plain requests from the held rows, equal ones together. */
final class HeldReads {

    private final int mostRows;
    private final UnsentBytes unsent;
    private final Executor preparing;
    private final Gathering<Optional<SharedResult>> gathering;

    /** @param preparing makes the results, which takes as long as they are large */
    HeldReads(SharedBarrier barrier, int mostRows, UnsentBytes unsent, Executor preparing) {
        this.mostRows = mostRows;
        this.unsent = unsent;
        this.preparing = preparing;
        this.gathering = new Gathering<>(barrier, this::prepared);
    }

    /**
     * @return completes with the rows as they were committed before this call or later; with nothing if they are not held,
     *     or it is not known what was committed
     */
    CompletionStage<Optional<SharedResult>> read(LiveFeed feed, Restriction restriction) {
        return gathering.ask(feed, restriction);
    }

    private CompletionStage<Optional<SharedResult>> prepared(
            LiveFeed feed, Restriction restriction, CompletionStage<Void> heard) {
        return feed.look(restriction, heard)
                .thenCompose(found -> found.map(rows -> prepared(rows, restriction.span()))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    private CompletableFuture<Optional<SharedResult>> prepared(Image rows, Span span) {
        return CompletableFuture.supplyAsync(
                () -> Optional.of(SharedResult.of(rows, span, mostRows, unsent)), preparing);
    }
}
