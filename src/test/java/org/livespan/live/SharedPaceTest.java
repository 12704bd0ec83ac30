package org.livespan.live;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.FeedSnapshot;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Several feeds of one node, during an endless flood of notifications for all of them. */
class SharedPaceTest {

    private static final Span ALL = new Span(0, 100);
    private static final Change FORGED = new Change(Operation.TRUNCATE, "public.orders", null, SpanSet.ALL);
    private static final int COMPARISONS = 20;

    private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1);
    private final Pace pace = new Pace(new Allowance(2, Duration.ZERO, System.nanoTime()), System::nanoTime);
    private final List<Flooded> feeds = Stream.generate(Flooded::new).limit(3).toList();

    /** Each comparison brings another notification for all feeds. */
    private final class Flooded extends FakeFeed {

        private final AtomicInteger comparisons = new AtomicInteger();
        private final LiveFeed live = new TestNode(this, executor).with(pace).live();

        @Override
        public FeedSnapshot auditSnapshot(Duration patience) {
            comparisons.incrementAndGet();
            feeds.forEach(feed -> feed.live.changed(FORGED));
            return super.auditSnapshot(patience);
        }
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void every_feed_is_compared_over_and_over() {
        feeds.forEach(feed -> feed.live.open(Restriction.to(ALL), new HeardResults(), FirstResult.HELD));
        await().until(() -> feeds.stream().allMatch(feed -> feed.live.holds(Restriction.to(ALL))));
        pace.putOff();
        feeds.forEach(feed -> feed.live.changed(FORGED));
        await().until(() -> feeds.stream().allMatch(feed -> feed.comparisons.get() >= COMPARISONS));
    }
}
