package org.livespan.live;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.livespan.feed.FeedUnavailableException;

/** Which feeds cannot be read: said once when it begins and once when it is over, not for every window and attempt. */
@ApplicationScoped
class Availability {

    private static final Logger LOG = System.getLogger(Availability.class.getName());

    private final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    void answered(String feed) {
        if (unavailable.remove(feed)) {
            LOG.log(INFO, "The rows of feed {0} can be read again.", feed);
        }
    }

    void failed(String feed, Throwable reason) {
        if (unavailable.add(feed)) {
            if (reason instanceof FeedUnavailableException) {
                LOG.log(
                        WARNING,
                        "{0} Open windows keep their last result and catch up. If it lasts, see livespan.db.url and the"
                                + " server''s data source.",
                        reason.getMessage());
            } else {
                LOG.log(WARNING, "Reading feed " + feed + " failed for a reason nobody foresaw; trying on", reason);
            }
        }
    }
}
