package org.livespan.live;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.monitor.TableMonitor;

/** A node for the live feed of one {@link FakeFeed}. Limits that a test does not set are generous, and refreshes never pause. */
final class TestNode {

    private static final Duration LONG = Duration.ofHours(1);

    private final FakeFeed feed;
    private final ScheduledExecutorService executor;
    private RowLimits limits = new RowLimits(1_000, 10_000);
    private Availability availability;
    private Findings findings = new Findings(new TableMonitor());
    private RefreshTimes times = new RefreshTimes(Duration.ZERO, LONG, LONG);
    private Pace pace = Pace.ofNode();
    private Executor hearing = task -> {};

    /** @param executor runs all tasks of the live feed */
    TestNode(FakeFeed feed, ScheduledExecutorService executor) {
        this.feed = feed;
        this.executor = executor;
        this.availability = new Availability(feed.barrier(), new TableMonitor());
    }

    TestNode with(RowLimits limits) {
        this.limits = limits;
        return this;
    }

    TestNode with(Availability availability) {
        this.availability = availability;
        return this;
    }

    TestNode with(Findings findings) {
        this.findings = findings;
        return this;
    }

    TestNode with(RefreshTimes times) {
        this.times = times;
        return this;
    }

    /** @param linger how long rows that are no longer watched are kept */
    TestNode with(Duration linger) {
        return with(new RefreshTimes(Duration.ZERO, LONG, linger));
    }

    TestNode with(Pace pace) {
        this.pace = pace;
        return this;
    }

    /** The listener is waited for before the first read, and not after it. */
    TestNode hearingFirst() {
        hearing = Runnable::run;
        return this;
    }

    LiveFeed live() {
        return new LiveFeed(feed, node());
    }

    LiveNode node() {
        return new LiveNode(
                limits,
                feed.barrier(),
                new SharedBarrier(feed.barrier(), executor),
                availability,
                findings,
                executor,
                hearing,
                executor,
                times,
                pace);
    }
}
