package org.livespan.stream;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.livespan.db.MemoryLoss;

/**
 * Threads that write to clients. Where output blocks, there may be more clients that do not read than there are threads: then
 * there are twice as many a second later, within bounds, and as few as before when those clients are gone.
 */
final class WriterPool extends ThreadPoolExecutor {

    private static final int MOST = 1_024;
    private static final int IDLE_SECONDS = 30;

    private final int least;

    /** As it was looked last; belongs, as the next, to whoever calls {@link #look()}. */
    private boolean waiting;

    private long completed;

    /** @param least how many threads there may be while none of them is stuck */
    WriterPool(int least, ThreadFactory threads) {
        super(
                least,
                Math.max(least, MOST),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                (task, stopped) -> task.run());
        this.least = least;
        allowCoreThreadTimeOut(true);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        MemoryLoss.tell(failure);
    }

    /** To be called once a second: whether something waited all the time, and nothing came to an end. */
    void look() {
        boolean waited = waiting;
        long before = completed;
        waiting = !getQueue().isEmpty();
        completed = getCompletedTaskCount();
        if (waited && waiting && completed == before) {
            setCorePoolSize(Math.max(least, Math.min(MOST, 2 * getCorePoolSize())));
        } else if (getActiveCount() < least) {
            setCorePoolSize(least);
        }
    }
}
