package org.livespan.stream;

import static java.lang.System.Logger.Level.INFO;

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
import java.util.concurrent.ThreadFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The threads that write to clients, so that the one that has read a change is free for the next.
 *
 * <p>A few are enough if output does not block, as Jakarta Servlet requires for a response with a {@code WriteListener}. If
 * it does, each client that does not read holds a thread, see {@link WriterPool}. No standard API reveals which is the case:
 * on Open Liberty, {@code isReady()} is always true and {@code write} waits for the client, until the server's own write
 * time-out. So Open Liberty is recognised by its name, and any other server by the setting.
 *
 * <p>The queue is bounded by its users: a client is in it at most twice, to be written to and to be dropped. A managed
 * executor would run each task in a context of its own, which costs more than the task, and Payara never ends its threads.
 */
@ApplicationScoped
@ManagedThreadFactoryDefinition(name = Writers.THREADS)
class Writers {

    static final String THREADS = "java:app/concurrent/livespan-writers";

    private static final Logger LOG = System.getLogger(Writers.class.getName());
    private static final String BLOCKING_SERVER = "Liberty";
    private static final int WHERE_OUTPUT_BLOCKS = 64;
    private static final int MOST_ELSEWHERE = 8;

    @Inject
    @ConfigProperty(name = "livespan.stream.writers")
    Optional<Integer> number;

    @Inject
    @ConfigProperty(name = "livespan.stream.output-blocks")
    Optional<Boolean> blocks;

    private ThreadFactory threads;

    /** Set once, at the start; so are the next. */
    private volatile WriterPool pool;

    private volatile WriterPool answers;

    private volatile Executor output;

    private volatile boolean blocking;

    @Resource(lookup = THREADS)
    void setThreads(ManagedThreadFactory factory) {
        startWith(factory);
    }

    void startWith(ThreadFactory factory) {
        threads = factory;
    }

    void choose(@Observes @Initialized(ApplicationScoped.class) ServletContext servlets) {
        String server = servlets.getServerInfo();
        blocking = blocks.orElse(server.contains(BLOCKING_SERVER));
        int writers = number.orElse(blocking ? WHERE_OUTPUT_BLOCKS : aFew());
        pool = new WriterPool(writers, threads);
        answers = new WriterPool(writers, threads);
        output = blocking ? pool : Runnable::run;
        LOG.log(
                INFO,
                "Streams are written {0} by {1} threads (livespan.stream.output-blocks, livespan.stream.writers) on {2}",
                blocking ? "with blocking output" : "without blocking",
                writers,
                server);
    }

    private static int aFew() {
        return Math.min(MOST_ELSEWHERE, Runtime.getRuntime().availableProcessors());
    }

    /** Runs a task on one of the threads in its turn; after they have been stopped, on the calling one. */
    Executor executor() {
        return pool;
    }

    /** Where output is written: on the calling thread, unless that could block. */
    Executor output() {
        return output;
    }

    /** Runs the tasks of plain answers, on threads of their own: however many there are, no stream waits behind them. */
    Executor answers() {
        return answers;
    }

    /** To be called once a second. */
    void pulse() {
        if (blocking) {
            pool.look();
            answers.look();
        }
    }

    /** Tasks given from now on run on the calling thread. */
    void stop() {
        pool.shutdown();
        answers.shutdown();
    }
}
