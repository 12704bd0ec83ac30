package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where the output of streams is written: by whoever has something to send, where the server writes without blocking as
 * Jakarta Servlet asks of a response with a {@code WriteListener}; by threads of their own where it does not.
 *
 * <p>No standard API tells which it is. On Open Liberty {@code isReady()} is always true and {@code write} waits for the
 * client, for as long as the server's own write time-out; so it is known by its name, and any other by the setting.
 *
 * <p>There are as many of those threads as clients may be stuck before the others wait for them. The queue is bounded by
 * those who use it: a stream is in it once at a time.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = Writers.THREADS)
class Writers implements Executor {

    static final String THREADS = "java:app/concurrent/livespan-writers";

    private static final Logger LOG = System.getLogger(Writers.class.getName());
    private static final String BLOCKING_SERVER = "Liberty";
    private static final int DEFAULT_WRITERS = 64;
    private static final int IDLE_SECONDS = 30;

    @Inject
    @ConfigProperty(name = "livespan.stream.writers")
    Optional<Integer> setting;

    private ThreadFactory threads;

    /** Set once, at start; null while those who send write themselves. */
    private volatile ThreadPoolExecutor pool;

    @Resource(lookup = THREADS)
    void setThreads(ManagedThreadFactory factory) {
        startWith(factory);
    }

    void startWith(ThreadFactory factory) {
        threads = factory;
    }

    void choose(@Observes @Initialized(ApplicationScoped.class) ServletContext servlets) {
        String server = servlets.getServerInfo();
        int writers = setting.orElse(server.contains(BLOCKING_SERVER) ? DEFAULT_WRITERS : 0);
        if (writers > 0) {
            writeOn(writers);
            LOG.log(
                    INFO,
                    "Streams are written by {0} threads of their own: livespan.stream.writers, on {1}",
                    writers,
                    server);
        } else {
            LOG.log(INFO, "Streams are written without blocking on {0}", server);
        }
    }

    void writeOn(int writers) {
        var workers = new ThreadPoolExecutor(
                writers, writers, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
        pool = workers;
    }

    /** This, and not the proxy that is injected: it is called for every event of every client. */
    Executor direct() {
        return this;
    }

    @Override
    public void execute(Runnable output) {
        if (pool == null) {
            output.run();
            return;
        }
        try {
            pool.execute(output);
        } catch (RejectedExecutionException e) {
            LOG.log(DEBUG, "The server goes away, so what is left is written here: {0}", e);
            output.run();
        }
    }

    /** Streams have ended before; see {@link Broadcasters}. */
    @PreDestroy
    void stop() {
        if (pool != null) {
            pool.shutdown();
        }
    }
}
