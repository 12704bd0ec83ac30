package org.livespan.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.livespan.time.Span;

/** Makes sure that open windows are current, once for all clients that come to a window meanwhile. */
final class Confirmations {

    private final Gathering<Void> gathering;

    Confirmations(SharedBarrier barrier) {
        this.gathering = new Gathering<>(barrier, Confirmations::confirm);
    }

    /** @see LiveFeeds#confirm */
    CompletionStage<Void> confirm(LiveFeed feed, Span span) {
        return gathering.ask(feed, span);
    }

    private static CompletionStage<Void> confirm(LiveFeed feed, Span span, CompletionStage<Void> heard) {
        return feed.look(span, heard)
                .thenCompose(found -> found.isPresent() ? CompletableFuture.completedStage(null) : open(feed, span));
    }

    /** The rows are no longer held, or it is not known what was committed: they are read as for a new window. */
    private static CompletionStage<Void> open(LiveFeed feed, Span span) {
        var confirmation = new Confirmation();
        feed.open(span, confirmation, FirstResult.CURRENT);
        return confirmation.result();
    }
}
