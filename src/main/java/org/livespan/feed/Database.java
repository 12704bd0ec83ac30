package org.livespan.feed;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.ListenerStatus;
import org.livespan.db.ConnectionPool;
import org.livespan.db.DatabaseSettings;

/**
 * The feeds' way to the database: persistence unit {@code livespan}, opened when it is first needed.
 *
 * <p>Some servers open an injected unit while they deploy, so a database that is down would keep the application from starting.
 * Whoever needs it first opens it, while the others wait. If that fails, the next one tries again with a new factory, because
 * one that failed to connect never recovers.
 */
@ApplicationScoped
public class Database {

    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long NOBODY = Long.MAX_VALUE;

    @Inject
    @ConfigProperty(name = "livespan.db.query-timeout", defaultValue = DatabaseSettings.DEFAULT_QUERY_TIMEOUT)
    Duration queryTimeout;

    @Inject
    ConnectionPool pool;

    @Inject
    ListenerStatus listener;

    /** Since when the first of those that ask the data source has been waiting. */
    private final AtomicLong waiting = new AtomicLong(NOBODY);

    private volatile boolean stopping;
    private volatile long askAgain = System.nanoTime();
    private volatile SQLException refusal;
    private final AtomicReference<CompletableFuture<EntityManagerFactory>> factory = new AtomicReference<>();

    /**
     * Begins a transaction that only reads, and sees one committed state of a table or view however often it reads.
     *
     * @throws PersistenceException if the database cannot be reached
     */
    DatabaseSnapshot snapshot() {
        return DatabaseSnapshot.begin(open());
    }

    /** The same, safe from a concurrent {@code TRUNCATE} of the table; see {@link DatabaseSnapshot}. */
    DatabaseSnapshot snapshot(TableName table) {
        return DatabaseSnapshot.begin(open(), table);
    }

    /** One that does not wait long for a lock, nor longer than given for an answer, and uses one core at most. */
    DatabaseSnapshot yieldingSnapshot(Duration patience) {
        return DatabaseSnapshot.beginYielding(open(), patience);
    }

    /**
     * Runs one query, or several that see the same state.
     *
     * @throws PersistenceException if the database cannot be reached or does not answer in time
     */
    public <T> T read(Function<EntityManager, T> query) {
        try (DatabaseSnapshot snapshot = snapshot()) {
            return query.apply(snapshot.entities());
        }
    }

    /**
     * Writes in a transaction of its own.
     *
     * @throws PersistenceException if it could not be committed
     */
    public void write(Consumer<EntityManager> statements) {
        EntityManager entities = open();
        try {
            entities.getTransaction().begin();
            statements.accept(entities);
            entities.getTransaction().commit();
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
    }

    private EntityManager open() {
        if (stopping) {
            throw new PersistenceException("The application is being stopped");
        }
        requireAnswer();
        return factory().createEntityManager();
    }

    /**
     * Takes a connection from the data source first, which validates it: EclipseLink would retry for a minute or more to
     * begin a transaction on connections that fail, and hold the thread. No connection is requested while the listener finds
     * the database away, for a moment after a failure, or while another thread has been waiting for long. So the waiting
     * threads neither add to the database's trouble nor to the server's log, nor use up the server's threads.
     */
    private void requireAnswer() {
        if (listener.isDatabaseAway()) {
            throw new PersistenceException(listener.connectivity().reason());
        }
        if (System.nanoTime() - askAgain < 0) {
            throw new PersistenceException("The database did not answer a moment ago", refusal);
        }
        long now = System.nanoTime();
        if (!waiting.compareAndSet(NOBODY, now) && now - waiting.get() > PATIENCE.toNanos()) {
            throw new PersistenceException("The database does not answer");
        }
        try (Connection connection = pool.connection()) {
            LOG.log(DEBUG, "{0} answers", connection);
        } catch (SQLException e) {
            refusal = e;
            askAgain = System.nanoTime() + PAUSE.toNanos();
            throw new PersistenceException("No connection from the data source", e);
        } finally {
            waiting.set(NOBODY);
        }
    }

    private EntityManagerFactory factory() {
        var mine = new CompletableFuture<EntityManagerFactory>();
        var present = factory.compareAndExchange(null, mine);
        if (present == null) {
            open(mine);
        }
        try {
            return (present == null ? mine : present).join();
        } catch (CompletionException e) {
            throw new PersistenceException("Persistence unit livespan could not be opened", e.getCause());
        }
    }

    private void open(CompletableFuture<EntityManagerFactory> opened) {
        var timeout = Map.of("jakarta.persistence.query.timeout", Long.toString(queryTimeout.toMillis()));
        EntityManagerFactory created = Persistence.createEntityManagerFactory("livespan", timeout);
        try {
            created.createEntityManager().close();
            opened.complete(created);
        } catch (RuntimeException e) {
            created.close();
            factory.set(null);
            opened.completeExceptionally(e);
        }
    }

    /** Requests from now on would open the unit again while its data source goes away. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        stopping = true;
    }

    @PreDestroy
    void close() {
        var opened = factory.get();
        if (opened != null) {
            opened.thenAccept(EntityManagerFactory::close);
        }
    }
}
