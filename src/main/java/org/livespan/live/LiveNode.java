package org.livespan.live;

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
        Pace pace) {}
