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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.livespan.change.Change;

/**
 * Tells the operator, whenever the database was connected anew, of feeds that cannot be read or that nothing will be
 * heard of, and the statement that mends it. The same is said once.
 */
@ApplicationScoped
class FeedCheck {

    private static final Logger LOG = System.getLogger(FeedCheck.class.getName());

    private static final int SECONDS_BEFORE_RETRY = 2;

    @Inject
    Feeds feeds;

    @Inject
    TableCatalogue catalogue;

    @Inject
    WatchedTables watched;

    @Resource
    ManagedScheduledExecutorService executor;

    private final AtomicBoolean running = new AtomicBoolean();
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();

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
            LOG.log(DEBUG, "The feeds could not be checked: {0}", e.getMessage());
            executor.schedule(this::check, SECONDS_BEFORE_RETRY, TimeUnit.SECONDS);
        }
    }

    private void tell(Feed feed) {
        List<String> troubles = troubles(feed);
        if (!troubles.equals(said.put(feed.name(), troubles)) && !troubles.isEmpty()) {
            LOG.log(WARNING, "Feed {0} {1}", feed.name(), String.join(" Also, it ", troubles));
        }
    }

    private List<String> troubles(Feed feed) {
        var troubles = new ArrayList<String>();
        try {
            if (feed instanceof TableFeed table) {
                catalogue.query(table.settings());
                catalogue.doubtOfKey(table.settings()).ifPresent(troubles::add);
            }
            watched.troublesWith(feed).forEach(trouble -> troubles.add("gets no live changes: " + trouble));
        } catch (UnreadableTableException e) {
            troubles.add("cannot be read: " + e.getMessage());
        }
        return troubles;
    }
}
