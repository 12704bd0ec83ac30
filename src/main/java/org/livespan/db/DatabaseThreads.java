package org.livespan.db;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Threads that read the database. Livespan ends them itself, because Payara never ends those of a managed executor that an
 * application has defined.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = DatabaseThreads.FACTORY)
public class DatabaseThreads {

    private static final Logger LOG = System.getLogger(DatabaseThreads.class.getName());

    static final String FACTORY = "java:app/concurrent/livespan-database";

    @Resource(lookup = FACTORY)
    ManagedThreadFactory factory;

    @Inject
    DatabaseCall call;

    /** An executor of so many threads, to be ended by the caller before the application's beans are destroyed. */
    public ScheduledExecutorService executor(int threads) {
        return new Telling(threads, work -> factory.newThread(() -> call.run(work)));
    }

    /** Ends an executor, and returns when its tasks have ended, or after the given time: the data source is about to go away. */
    public static void end(ScheduledExecutorService executor, Duration atMost) throws InterruptedException {
        executor.shutdownNow();
        if (!executor.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(DEBUG, "The database is still being read");
        }
    }

    /** Reports tasks that ended because memory was used up, which would otherwise go unnoticed. */
    private static final class Telling extends ScheduledThreadPoolExecutor {

        Telling(int threads, ThreadFactory factory) {
            super(threads, factory);
            setRemoveOnCancelPolicy(true);
        }

        @Override
        protected void afterExecute(Runnable task, Throwable failure) {
            if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    MemoryLoss.tell(e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
