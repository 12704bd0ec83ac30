package org.livespan.change;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.db.DatabaseThreads;
import org.livespan.db.MemoryLoss;

/**
 * The loop that hears of changes, from one of the {@link ChangeSources}. It fires each as a {@link Change}, and a
 * {@link Change#ANYTHING} each time it has connected, because some may have been missed before.
 *
 * <p>All state but {@code session} and {@code stopping} belongs to the loop's thread; what others may know of it is in
 * {@link ListenerStatus}.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedThreadFactoryDefinition(name = ChangeListener.THREADS)
public class ChangeListener {

    /** Of its threads. */
    public static final String THREADS = "java:app/concurrent/livespan-listener";

    private static final Logger LOG = System.getLogger(ChangeListener.class.getName());
    private static final String NOT_LISTENING =
            "Not listening: {0}. Retrying; all windows are read again when the listener is back.";
    private static final long SECONDS_TO_STOP = 5;

    @Resource(lookup = THREADS)
    ManagedThreadFactory threads;

    @Inject
    ChangeSources sources;

    @Inject
    ListenBarrier barrier;

    @Inject
    ListenerStatus status;

    @Inject
    Event<Change> changes;

    @Inject
    DatabaseThreads databaseThreads;

    @Inject
    @ConfigProperty(name = "livespan.listener.probe-interval", defaultValue = "PT10S")
    Duration probeInterval;

    /** An executor of managed threads, not a managed executor, whose threads Payara leaves behind when it undeploys. */
    private ExecutorService executor;

    /** Sends the markers of {@link HearingProof}. */
    private ExecutorService prover;

    private final Backoff backoff = new Backoff();
    private final BacklogWatch backlog = new BacklogWatch();

    /** The cause that was logged last; empty while connected. */
    private String failing = "";

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile ChangeSession session;

    @PostConstruct
    void start() {
        if (probeInterval.toMillis() < 1) {
            throw new IllegalStateException("livespan.listener.probe-interval has to be at least PT0.001S");
        }
        prover = databaseThreads.executor(1);
        executor = Executors.newSingleThreadExecutor(threads);
        executor.execute(this::loop);
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
        closeSession();
        executor.shutdown();
        try {
            if (!stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.log(WARNING, "The listening thread did not end within {0} s.", SECONDS_TO_STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            prover.shutdownNow();
        }
    }

    private void loop() {
        try {
            while (!isStopping()) {
                listenUntilLost();
                stopping.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Returns when the session is lost, or when an observer throws anything; the next session begins with everything. */
    private void listenUntilLost() {
        status.round();
        try (ChangeSession opened = open()) {
            session = opened;
            if (isStopping()) {
                return;
            }
            status.opened();
            var probe = new ListenerProbe(opened, new HearingProof(barrier, prover), probeInterval, status, backlog);
            requireProof(opened, probe);
            connected();
            while (!isStopping()) {
                status.round();
                opened.hear(probe.pause());
                probe.ask();
                backoff.reset();
            }
        } catch (SQLException e) {
            lost(e);
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            session = null;
            barrier.lost();
        }
    }

    private ChangeSession open() throws SQLException {
        ChangeSource source = sources.choose();
        status.uses(source.name());
        barrier.sendBy(source.markerStatement());
        return source.open(barrier.channel(), barrier::heard, changes::fire);
    }

    /** It counts as connected only once that is proved. Notifications that arrive meanwhile are handed on as usual. */
    private void requireProof(ChangeSession opened, ListenerProbe probe) throws SQLException {
        probe.begin();
        while (probe.isUnproved() && !isStopping()) {
            status.round();
            opened.hear(probe.pause());
        }
        probe.ask();
    }

    private void connected() {
        LOG.log(INFO, "{0}.", sources.described());
        failing = "";
        changes.fire(Change.ANYTHING);
        status.connected();
    }

    /**
     * Logged once for each lost session, not for each attempt to reconnect, unless an administrator has to do something now; and
     * not at all while the application is being stopped, when its class loader may be gone.
     */
    private void lost(SQLException cause) {
        if (isStopping()) {
            return;
        }
        String reason = ConnectFailure.reason(cause);
        status.lost(reason, session == null && ConnectFailure.isOfEverybody(cause));
        if (failing.isEmpty() || cause instanceof MissingRequirementException && !failing.equals(reason)) {
            failing = reason;
            LOG.log(WARNING, NOT_LISTENING + sources.remedy(cause), reason);
        }
    }

    private void failed(Throwable cause) {
        MemoryLoss.tell(cause);
        if (!isStopping()) {
            LOG.log(ERROR, "A change could not be processed; everything is read again shortly", cause);
            status.lost(cause.toString(), false);
        }
    }

    private void closeSession() {
        ChangeSession open = session;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            LOG.log(WARNING, "The listening session did not close.", e);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
