package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.lang.System.Logger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes to the clients, so that the thread that read a change is free for the next one. A few workers take from one
 * queue: a task of the container's for each client would cost more than the client does.
 *
 * <p>The queue is bounded by those who use it: a client waits in it once at a time. Workers come and go with the work.
 */
final class Delivery implements Executor {

    static final int MOST_WORKERS = 8;

    private static final Logger LOG = System.getLogger(Delivery.class.getName());

    private final Executor threads;
    private final int most = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger workers = new AtomicInteger();

    /** @param threads gives a thread to each worker, at once */
    Delivery(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        due.add(task);
        if (enlist()) {
            try {
                threads.execute(this::work);
            } catch (RejectedExecutionException e) {
                LOG.log(DEBUG, "The server goes away, so what is left is written here: {0}", e);
                work();
            }
        }
    }

    private boolean enlist() {
        int now = workers.get();
        while (now < most) {
            if (workers.compareAndSet(now, now + 1)) {
                return true;
            }
            now = workers.get();
        }
        return false;
    }

    /** Who adds a task after the last look at the queue finds one worker fewer and sends for one. */
    private void work() {
        do {
            for (Runnable task = due.poll(); task != null; task = due.poll()) {
                run(task);
            }
            workers.decrementAndGet();
        } while (!due.isEmpty() && enlist());
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "A client could not be written to; the others are", e);
        }
    }
}
