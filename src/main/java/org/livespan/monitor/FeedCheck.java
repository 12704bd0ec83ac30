package org.livespan.monitor;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.livespan.feed.AuditInterval;
import org.livespan.feed.Feed;
import org.livespan.feed.UnreadableTableException;

/**
 * Logs feeds that cannot be read or whose changes are not heard, with the statement that fixes it, and when that is over. The
 * same problem is logged once.
 *
 * <p>Used by one thread at a time.
 */
@ApplicationScoped
class FeedCheck {

    private static final Logger LOG = System.getLogger(FeedCheck.class.getName());

    @Inject
    WatchedTables watched;

    @Inject
    UnwrittenChanges unwritten;

    @Inject
    AuditInterval audit;

    private final Map<String, List<Trouble>> said = new HashMap<>();
    private final Map<String, String> noted = new HashMap<>();

    /**
     * What was found of a feed.
     *
     * @param heard whether every write is heard
     * @param unwritten whether its rows may change without a write, which only the audit finds
     */
    record Finding(boolean heard, boolean unwritten) {}

    /** @throws jakarta.persistence.PersistenceException if the database cannot be asked */
    Finding check(Feed feed) {
        var troubles = new ArrayList<Trouble>();
        String cause = "";
        try {
            feed.requireReadable();
            feed.doubtOfKey().map(Trouble::doubt).ifPresent(troubles::add);
            troubles.addAll(watched.troublesWith(feed));
            cause = unwrittenCause(feed);
        } catch (UnreadableTableException e) {
            troubles.add(Trouble.unreadable(e.getMessage()));
        }
        if (!cause.isEmpty() && audit.isOff()) {
            troubles.add(
                    Trouble.unheard(
                            cause
                                    + ", and the audit, which would detect such changes, is off. Set livespan.audit.interval, for example to PT5M."));
        }
        tell(feed, troubles);
        note(feed, audit.isOff() ? "" : cause);
        return new Finding(troubles.stream().allMatch(Trouble::isHeard), !cause.isEmpty());
    }

    private String unwrittenCause(Feed feed) {
        if (watched.isMaterialized(feed)) {
            return "it is a materialized view";
        }
        String functions = unwritten.of(feed);
        return functions.isEmpty() ? "" : "its rows depend on " + functions;
    }

    private void tell(Feed feed, List<Trouble> troubles) {
        List<Trouble> before = said.put(feed.name(), troubles);
        if (troubles.equals(before)) {
            return;
        }
        if (!troubles.isEmpty()) {
            LOG.log(
                    WARNING,
                    "Feed {0} {1}",
                    feed.name(),
                    String.join(
                            " Also, it ", troubles.stream().map(Trouble::text).toList()));
        } else if (before != null) {
            LOG.log(INFO, "Feed {0} has recovered.", feed.name());
        }
    }

    private void note(Feed feed, String cause) {
        String before = noted.put(feed.name(), cause);
        if (!cause.isEmpty() && !cause.equals(before)) {
            LOG.log(
                    INFO,
                    "Feed {0} changes without a write: {1}. The audit detects such changes within {2}.",
                    feed.name(),
                    cause,
                    audit);
        }
    }
}
