package org.livespan.stream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many clients this server holds, and whether it takes any more. */
final class Places {

    private final int limit;
    private final Semaphore free;
    private final AtomicBoolean closed = new AtomicBoolean();

    Places(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /** @throws Problem if all are taken or the server is shutting down */
    void take() {
        if (areClosed()) {
            throw shuttingDown();
        }
        if (!free.tryAcquire()) {
            throw new Problem(
                    ProblemType.TOO_MANY_CLIENTS,
                    "This server holds " + limit + " clients already. Try again shortly.");
        }
    }

    void giveBack() {
        free.release();
    }

    int taken() {
        return limit - free.availablePermits();
    }

    /**
     * From now on nobody gets one.
     *
     * @return whether that is new
     */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean areClosed() {
        return closed.get();
    }

    /** @return whether all were given back in time */
    boolean awaitNoneTaken(Duration atMost) throws InterruptedException {
        return free.tryAcquire(limit, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Problem shuttingDown() {
        return new Problem(ProblemType.SHUTTING_DOWN, "This server is going away. Another one will answer.");
    }
}
