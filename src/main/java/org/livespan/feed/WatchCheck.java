package org.livespan.feed;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.livespan.change.Change;

/**
 * Tells the operator, whenever the database was connected anew, of feeds that nothing will be heard of, and the
 * statement that mends it. The same is said once.
 */
@ApplicationScoped
class WatchCheck {

    private static final Logger LOG = System.getLogger(WatchCheck.class.getName());

    private static final int SECONDS_BEFORE_RETRY = 2;

    @Inject
    Feeds feeds;

    @Inject
    WatchedTables watched;

    @Resource
    ManagedScheduledExecutorService executor;

    private final AtomicBoolean running = new AtomicBoolean();
    private final Map<String, String> said = new ConcurrentHashMap<>();

    void onChange(@Observes Change change) {
        if (change.table() == null && running.compareAndSet(false, true)) {
            executor.execute(this::check);
        }
    }

    /** Until it was answered: the database may be back for the listener a moment before it is for the pool. */
    private void check() {
        try {
            feeds.all().forEach(this::tell);
            running.set(false);
        } catch (PersistenceException e) {
            LOG.log(DEBUG, "Whether the feeds are watched could not be asked: {0}", e.getMessage());
            executor.schedule(this::check, SECONDS_BEFORE_RETRY, TimeUnit.SECONDS);
        }
    }

    private void tell(Feed feed) {
        String trouble = watched.troubleWith(feed).orElse("");
        if (!trouble.equals(said.put(feed.name(), trouble)) && !trouble.isEmpty()) {
            LOG.log(WARNING, "Feed {0} gets no live changes: {1}", feed.name(), trouble);
        }
    }
}
