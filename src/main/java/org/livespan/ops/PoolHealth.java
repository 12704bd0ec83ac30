package org.livespan.ops;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.livespan.change.ListenerStatus;
import org.livespan.db.ConnectionPool;
import org.livespan.db.DatabaseThreads;
import org.livespan.db.OwnConnection;

/**
 * Live unless the server's pool is broken: it gave connections before and has given none for minutes, although the database
 * accepts a direct connection from the same user. A restart does not help if the database or a pooler is away, or if the pool
 * was never configured correctly.
 *
 * <p>The check itself does no I/O. A thread of its own connects to the database, and only while the pool gives no
 * connections.
 */
@Liveness
@ApplicationScoped
public class PoolHealth implements HealthCheck {

    private static final Logger LOG = System.getLogger(PoolHealth.class.getName());
    private static final int SECONDS_BETWEEN_LOOKS = 10;

    @Inject
    ConnectionPool pool;

    @Inject
    OwnConnection own;

    @Inject
    ListenerStatus listener;

    @Inject
    DatabaseThreads threads;

    private final Lasting failing = new Lasting(ThreadsHealth.LONGEST);
    private ScheduledExecutorService executor;
    private volatile boolean lost;

    void start(@Observes @Initialized(ApplicationScoped.class) Object start) {
        executor = threads.executor(1);
        executor.scheduleWithFixedDelay(this::lookOnce, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        // None if the deployment failed before
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    private void lookOnce() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(ERROR, "Checking the connection pool failed", e);
        }
    }

    void look(long now) {
        lost = failing.look(pool.isFailing() && !listener.isDatabaseAway() && own.isGiven(), now);
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("pool");
        return lost
                ? Answers.down(
                        answer,
                        "the server's pool has given no connection for " + ThreadsHealth.LONGEST.toMinutes()
                                + " minutes, although the database accepts direct connections")
                : answer.up().build();
    }
}
