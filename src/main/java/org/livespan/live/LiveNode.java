package org.livespan.live;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.change.ListenBarrier;

/**
 * What the live feeds of a node share.
 *
 * @param queries runs the refreshes
 * @param hearing waits for the listener beside the refreshes
 * @param comparing runs the audit and the {@link PutOffCheck}s, with one thread
 */
record LiveNode(
        RowLimits limits,
        ListenBarrier barrier,
        SharedBarrier sharedBarrier,
        Availability availability,
        Findings findings,
        ScheduledExecutorService queries,
        Executor hearing,
        ScheduledExecutorService comparing,
        RefreshTimes times,
        Pace pace) {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** The same for a {@link Rehearsal}, whose refreshes do not wait for one another. */
    LiveNode rehearsing() {
        return new LiveNode(
                limits,
                barrier,
                sharedBarrier,
                availability,
                findings,
                queries,
                hearing,
                comparing,
                new RefreshTimes(AT_ONCE, times.opening(), Duration.ZERO),
                pace);
    }
}
