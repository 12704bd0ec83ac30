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
    CompletionStage<SharedResult> read(LiveFeed live, Restriction restriction, boolean allHeard) {
        if (!allHeard || !live.holds(restriction)) {
            return queue.read(live.feed(), restriction);
        }
        return held.read(live, restriction)
                .thenCompose(found -> found.<CompletionStage<SharedResult>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> queue.read(live.feed(), restriction)));
    }

    /** Whether a request is waiting for its rows. */
    boolean isWaitedFor() {
        return queue.isWaitedFor();
    }

    /** One query, one committed state. */
    private SharedResult query(Feed feed, Restriction restriction) {
        return SharedResult.of(rows(feed, restriction), mostRows, unsent);
    }

    private List<Row> rows(Feed feed, Restriction restriction) {
        try (FeedSnapshot snapshot = feed.snapshot()) {
            List<Row> rows = snapshot.read(List.of(restriction.selected()), mostRows + 1);
            availability.answered(feed.name());
            return rows;
        } catch (FeedUnavailableException e) {
            availability.failed(feed.name(), e);
            throw e;
        }
    }
}
