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
import org.livespan.change.Hearing;
import org.livespan.db.ConnectionPool;

/**
 * The feeds' way to the database: persistence unit {@code livespan}, opened when it is first needed.
 *
 * <p>An injected unit is opened by some servers while they deploy, and a database that is down then would keep the
 * application from starting. Whoever needs it first opens it, the others wait for that; if it fails, the next one to need
 * it tries again, with a new factory, as one that failed to connect never recovers.
 */
@ApplicationScoped
public class Database {

    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long NOBODY = Long.MAX_VALUE;

    @Inject
    @ConfigProperty(name = "livespan.db.query-timeout", defaultValue = "PT30S")
    Duration queryTimeout;

    @Inject
    ConnectionPool pool;

    @Inject
    Hearing hearing;

    /** Since when the first of those who ask the data source waits. */
    private final AtomicLong waiting = new AtomicLong(NOBODY);

    private volatile boolean stopping;
    private volatile long askAgain = System.nanoTime();
    private volatile SQLException refusal;
    private final AtomicReference<CompletableFuture<EntityManagerFactory>> factory = new AtomicReference<>();

    /**
     * Begins a transaction that only reads, and sees one committed state of a table or view however often.
     *
     * @throws PersistenceException if the database cannot be reached
     */
    DatabaseSnapshot snapshot() {
        return DatabaseSnapshot.begin(open());
    }

    /** The same, safe from a {@code TRUNCATE} of the table meanwhile; see {@link DatabaseSnapshot}. */
    DatabaseSnapshot snapshot(TableName table) {
        return DatabaseSnapshot.begin(open(), table);
    }

    /** One that waits for no lock for long, and for no answer longer than that, and takes one core at most. */
    DatabaseSnapshot yieldingSnapshot(Duration patience) {
        return DatabaseSnapshot.beginYielding(open(), patience);
    }

    /**
     * Asks one question, or several about the same state.
     *
     * @throws PersistenceException if the database cannot be reached or does not answer in time
     */
    <T> T read(Function<EntityManager, T> query) {
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
     * Asks the data source first, which validates what it gives: EclipseLink tries again and again for a minute or more to
     * begin a transaction on connections that fail, and holds the thread. Nobody asks while the listener finds that the
     * database is away, for a moment after a failure, or while somebody else has been waiting for an answer for long: so
     * those who wait neither add to the database's trouble, nor to the server's log, nor take all of its threads.
     */
    private void requireAnswer() {
        if (hearing.isDatabaseAway()) {
            throw new PersistenceException(hearing.connectivity().reason());
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
            throw new PersistenceException("The data source gives no connection", e);
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

    /** What is asked from now on would open the unit anew while its data source goes away. */
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
