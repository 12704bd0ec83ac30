package org.livespan.live;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.livespan.change.ListenBarrier;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.monitor.TableMonitor;

/**
 * Logs feeds that cannot be read: once when that begins and once when it is over, not for every window and attempt, and not
 * at all if the listener has logged that the database is lost, or the check of the feeds what is wrong with the table.
 */
@ApplicationScoped
class Availability {

    private static final Logger LOG = System.getLogger(Availability.class.getName());

    private final ListenBarrier listener;
    private final TableMonitor monitor;
    private final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    /** For the client proxy. */
    Availability() {
        this(null, null);
    }

    @Inject
    Availability(ListenBarrier listener, TableMonitor monitor) {
        this.listener = listener;
        this.monitor = monitor;
    }

    void answered(String feed) {
        if (unavailable.remove(feed)) {
            LOG.log(INFO, "The rows of feed {0} can be read again.", feed);
        }
    }

    void failed(String feed, Throwable reason) {
        boolean said = !listener.isListening() || monitor.unheardSince(feed).isPresent();
        if (!said && unavailable.add(feed)) {
            if (reason instanceof FeedUnavailableException || reason instanceof FeedForbiddenException) {
                LOG.log(WARNING, "{0} {1}", reason.getMessage(), consequence(reason));
            } else {
                LOG.log(WARNING, "Reading feed " + feed + " failed with an unexpected error; retrying", reason);
            }
        }
    }

    /** What it means for clients, and how to fix it if the reason does not say so itself. */
    private static String consequence(Throwable reason) {
        if (reason instanceof FeedForbiddenException) {
            return "Its streams have ended, and new requests get 503 until it is allowed.";
        }
        var unavailable = (FeedUnavailableException) reason;
        String remedy = unavailable.isTimeout()
                ? " Create an index on the feed's date column, or raise livespan.db.query-timeout."
                : unavailable.isRefused() ? "" : " If it lasts, see livespan.db.url and the server's data source.";
        return "Open streams keep their last result and will catch up." + remedy;
    }
}
