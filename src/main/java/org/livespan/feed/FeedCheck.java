package org.livespan.feed;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the operator of feeds that cannot be read or that nothing will be heard of, with the statement that mends it, and
 * when that is over. The same is said once.
 *
 * <p>Used by one thread at a time.
 */
@ApplicationScoped
class FeedCheck {

    private static final Logger LOG = System.getLogger(FeedCheck.class.getName());

    @Inject
    TableCatalogue catalogue;

    @Inject
    WatchedTables watched;

    private final Map<String, List<String>> said = new HashMap<>();

    /**
     * Whether every change of the feed is heard of.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    boolean isHeard(Feed feed) {
        var unheard = new ArrayList<String>();
        var troubles = new ArrayList<String>();
        try {
            if (feed instanceof TableFeed table) {
                catalogue.query(table.settings());
                catalogue.doubtOfKey(table.settings()).ifPresent(troubles::add);
            }
            watched.troublesWith(feed).forEach(trouble -> unheard.add("gets no live changes: " + trouble));
        } catch (UnreadableTableException e) {
            unheard.add("cannot be read: " + e.getMessage());
        }
        troubles.addAll(unheard);
        tell(feed, troubles);
        return unheard.isEmpty();
    }

    private void tell(Feed feed, List<String> troubles) {
        List<String> before = said.put(feed.name(), troubles);
        if (troubles.equals(before)) {
            return;
        }
        if (!troubles.isEmpty()) {
            LOG.log(WARNING, "Feed {0} {1}", feed.name(), String.join(" Also, it ", troubles));
        } else if (before != null) {
            LOG.log(INFO, "Feed {0} is well again.", feed.name());
        }
    }
}
