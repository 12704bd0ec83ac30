package org.livespan.monitor;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.Change;
import org.livespan.change.Connectivity;
import org.livespan.change.ListenerStatus;
import org.livespan.db.DatabaseThreads;
import org.livespan.db.RootCause;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.feed.SqlState;
import org.livespan.feed.TableName;
import org.livespan.wal.LogSource;

/**
 * Checks every few seconds that the database can be read and that the feeds' tables have not been altered. An alteration, such
 * as a column added or a table created again, is fired as a {@link Change} of the whole table; so is every check of a table
 * whose changes are not heard.
 *
 * <p>Its task owns all state; what others may know of it is in {@code connectivity} and {@code unheard}.
 */
@ApplicationScoped
public class TableMonitor {

    private static final Logger LOG = System.getLogger(TableMonitor.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int STOP_SECONDS = 2;

    @Inject
    Feeds feeds;

    @Inject
    FeedFingerprints fingerprints;

    @Inject
    FeedCheck check;

    @Inject
    ListenerStatus listener;

    @Inject
    Event<Change> changes;

    @Inject
    @ConfigProperty(name = "livespan.db.check-interval", defaultValue = "PT10S")
    Duration interval;

    @Inject
    DatabaseThreads threads;

    private ScheduledExecutorService executor;

    /** Taken by the task during a check, and in the end for good by whoever stops it. */
    private final Semaphore turn = new Semaphore(1);

    private final Map<String, Instant> unheard = new ConcurrentHashMap<>();
    private volatile Connectivity connectivity =
            Connectivity.down(Instant.now(), "the database has not been asked yet");
    private volatile Instant asked;
    private volatile long due = System.nanoTime();
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
    private volatile String source = "";
    private Map<String, String> seen = Map.of();
    private int failures;
    private boolean said;
    private boolean blind;

    void start(@Observes @Initialized(ApplicationScoped.class) Object start) {
        executor = threads.executor(1);
        executor.scheduleWithFixedDelay(this::lookIfDue, 0, 1, TimeUnit.SECONDS);
    }

    /** Returns when a check under way has ended, or after the given time: the data source is about to go away. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        executor.shutdown();
        try {
            if (!turn.tryAcquire(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(DEBUG, "The feeds are still being checked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the database could be read at the last check; not while a check has been waiting for its answer for long. */
    public Connectivity connectivity() {
        Instant since = asked;
        boolean overdue = since != null && since.plus(PATIENCE).isBefore(Instant.now());
        return overdue && connectivity.up()
                ? Connectivity.down(since, "The database did not answer within " + PATIENCE.toSeconds() + " s")
                : connectivity;
    }

    /** Since when changes of a feed may go unheard, because its table does not exist or is not watched. */
    public Optional<Instant> unheardSince(String feed) {
        return Optional.ofNullable(unheard.get(feed));
    }

    /** Whether a feed's rows may change without a write, which only the audit finds. */
    public boolean changesUnwritten(String feed) {
        return unwritten.contains(feed);
    }

    /** Whether the log tells of changes, in which no trigger takes part. */
    public boolean followsLog() {
        return source.equals(LogSource.NAME);
    }

    /** The listener has reconnected. */
    void onChange(@Observes Change change) {
        if (change.isOfAnyTable() && !change.notified()) {
            due = System.nanoTime();
        }
    }

    private void lookIfDue() {
        if (System.nanoTime() - due >= 0 && turn.tryAcquire()) {
            try {
                lookNow();
            } finally {
                turn.release();
            }
        }
    }

    private void lookNow() {
        lookAgainAfter(interval);
        asked = Instant.now();
        try {
            look();
            answered();
        } catch (PersistenceException e) {
            failed(RootCause.of(e));
            lookAgainAfter(AFTER_FAILURE);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "The feeds could not be checked", e);
            connectivity = connectivity.failed(asked, e.toString());
        } finally {
            asked = null;
        }
    }

    private void answered() {
        connectivity = connectivity.answered(Instant.now());
        failures = 0;
        if (said) {
            said = false;
            LOG.log(INFO, "The feeds can be read again.");
        }
    }

    /** Logged once, if it lasts while the listener, which connects in another way, reaches the database. */
    private void failed(String reason) {
        connectivity = connectivity.failed(asked, reason);
        failures = listener.connectivity().up() ? failures + 1 : 0;
        if (failures > 1 && !said) {
            said = true;
            LOG.log(
                    WARNING,
                    "The feeds cannot be read, although the database answers on livespan.db.url: {0} Retrying.",
                    reason);
        }
    }

    private void lookAgainAfter(Duration pause) {
        due = System.nanoTime() + pause.toNanos();
    }

    private void look() {
        Map<String, String> now = fingerprints();
        for (Feed feed : feeds.all()) {
            boolean altered = !now.get(feed.name()).equals(seen.get(feed.name()));
            if (altered) {
                lookAnew(feed);
            }
            if (altered || unheard.containsKey(feed.name())) {
                FeedObjects.tables(feed).forEach(this::fire);
            }
        }
        seen = now;
    }

    /** If the catalogue may not be read, only the audit finds alterations; the feeds are read all the same. */
    private Map<String, String> fingerprints() {
        try {
            Map<String, String> now = fingerprints.of(feeds.all());
            source = listener.source();
            now.replaceAll((feed, print) -> source + " " + print); // what has to be there depends on it
            blind = false;
            return now;
        } catch (PersistenceException e) {
            if (!SqlState.isRefused(e)) {
                throw e;
            }
            if (!blind) {
                blind = true;
                LOG.log(
                        WARNING,
                        "The catalogue cannot be checked for altered tables: {0} Only the audit detects them. Grant the"
                                + " database user SELECT on the tables of pg_catalog.",
                        RootCause.of(e));
            }
            return feeds.all().stream().collect(toMap(Feed::name, feed -> "unknown"));
        }
    }

    private void lookAnew(Feed feed) {
        feed.lookAnew();
        FeedCheck.Finding finding = check.check(feed);
        if (finding.heard()) {
            unheard.remove(feed.name());
        } else {
            unheard.putIfAbsent(feed.name(), Instant.now());
        }
        if (finding.unwritten()) {
            unwritten.add(feed.name());
        } else {
            unwritten.remove(feed.name());
        }
    }

    private void fire(TableName table) {
        changes.fire(Change.seen(table.schema() + "." + table.name()));
    }
}
