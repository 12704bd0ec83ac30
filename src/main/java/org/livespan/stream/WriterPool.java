package org.livespan.stream;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.livespan.db.MemoryLoss;

/**
 * The threads that write to clients. If output blocks, clients that do not read may hold all of them; then their number
 * doubles each second, within bounds, and falls back once those clients are gone.
 */
final class WriterPool extends ThreadPoolExecutor {

    private static final int MOST = 1_024;
    private static final int IDLE_SECONDS = 30;

    private final int least;

    /** As of the last check; like the next field, used by its caller only. */
    private boolean waiting;

    private long completed;

    /** @param least the number of threads while not all of them are stuck */
    WriterPool(int least, ThreadFactory threads) {
        super(
                least,
                Math.max(least, MOST),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                threads,
                (task, stopped) -> task.run());
        this.least = least;
        allowCoreThreadTimeOut(true);
    }

    /** In the order of the {@link Turn}s; other tasks are due now. */
    @Override
    public void execute(Runnable task) {
        super.execute(task instanceof Turn ? task : Turn.now(task));
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        MemoryLoss.tell(failure);
    }

    /** To be called once a second. All are stuck if tasks have waited since the last call and none has ended. */
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
