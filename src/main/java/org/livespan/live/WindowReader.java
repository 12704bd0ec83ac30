package org.livespan.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Reads windows once, within the limit on their rows: from the held rows if these are known to be current, otherwise by a query. */
final class WindowReader {

    private final int mostRows;
    private final UnsentBytes unsent;
    private final Availability availability;
    private final HeldReads held;
    private final ReadQueue queue;

    /**
     * @param queries runs the queries, and the live reads
     * @param preparing prepares results of held rows
     */
    WindowReader(
            int mostRows,
            UnsentBytes unsent,
            SharedBarrier barrier,
            Availability availability,
            ScheduledExecutorService queries,
            Executor preparing) {
        this.mostRows = mostRows;
        this.unsent = unsent;
        this.availability = availability;
        this.held = new HeldReads(barrier, mostRows, unsent, preparing);
        this.queue = new ReadQueue(this::query, unsent::hasRoomForRows, queries);
    }

    /**
     * @param allHeard whether every change of the feed is heard, so that held rows can be current
     * @see LiveFeeds#read
     */
    CompletionStage<SharedResult> read(LiveFeed live, Span span, boolean allHeard) {
        if (!allHeard || !live.holds(span)) {
            return queue.read(live.feed(), span);
        }
        return held.read(live, span)
                .thenCompose(found -> found.<CompletionStage<SharedResult>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> queue.read(live.feed(), span)));
    }

    /** Whether a request is waiting for its rows. */
    boolean isWaitedFor() {
        return queue.isWaitedFor();
    }

    /** One query, one committed state. */
    private SharedResult query(Feed feed, Span span) {
        return SharedResult.of(rows(feed, span), mostRows, unsent);
    }

    private List<Row> rows(Feed feed, Span span) {
        try (FeedSnapshot snapshot = feed.snapshot()) {
            List<Row> rows = snapshot.read(new SpanSet(List.of(span)), mostRows + 1);
            availability.answered(feed.name());
            return rows;
        } catch (FeedUnavailableException e) {
            availability.failed(feed.name(), e);
            throw e;
        }
    }
}
