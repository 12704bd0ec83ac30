package org.livespan.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes sure that open windows are current, once for all clients that come to a window meanwhile. */
final class Confirmations {

    private final Gathering<Void> gathering;

    Confirmations(SharedBarrier barrier) {
        this.gathering = new Gathering<>(barrier, Confirmations::confirm);
    }

    /** @see LiveFeeds#confirm */
    CompletionStage<Void> confirm(LiveFeed feed, Restriction restriction) {
        return gathering.ask(feed, restriction);
    }

    private static CompletionStage<Void> confirm(LiveFeed feed, Restriction restriction, CompletionStage<Void> heard) {
        return feed.look(restriction, heard)
                .thenCompose(
                        found -> found.isPresent() ? CompletableFuture.completedStage(null) : open(feed, restriction));
    }

    /** The rows are no longer held, or it is not known what was committed: they are read as for a new window. */
    private static CompletionStage<Void> open(LiveFeed feed, Restriction restriction) {
        var confirmation = new Confirmation();
        feed.open(restriction, confirmation, FirstResult.CURRENT);
        return confirmation.result();
    }
}
