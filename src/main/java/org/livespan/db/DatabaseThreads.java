package org.livespan.db;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Threads that read the database. They are ours to end, as Payara never ends those of a managed executor that an
 * application has defined.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = DatabaseThreads.FACTORY)
public class DatabaseThreads {

    static final String FACTORY = "java:app/concurrent/livespan-database";

    @Resource(lookup = FACTORY)
    ManagedThreadFactory factory;

    @Inject
    DatabaseCall call;

    /** An executor of so many threads, which whoever asks for it shuts down before the application's beans are destroyed. */
    public ScheduledExecutorService executor(int threads) {
        return new ScheduledThreadPoolExecutor(threads, work -> factory.newThread(() -> call.run(work)));
    }
}
