package org.livespan.live;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.livespan.feed.Feed;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.ColumnTime;
import org.livespan.time.Span;

/**
 * Differences that were found without a notification: counted, and logged once for each feed until a full pass finds none.
 * The refresh that finds them notifies the clients.
 */
@ApplicationScoped
class Findings {

    private static final Logger LOG = System.getLogger(Findings.class.getName());

    private final TableMonitor monitor;
    private final LongAdder count = new LongAdder();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Set<String> twins = ConcurrentHashMap.newKeySet();

    /** For the client proxy. */
    Findings() {
        this(null);
    }

    @Inject
    Findings(TableMonitor monitor) {
        this.monitor = monitor;
    }

    /** A feed whose changes are known to be unheard, or to come without a write, is not worth a line each time. */
    void found(Feed feed, Span unheard) {
        count.increment();
        boolean expected = monitor.unheardSince(feed.name()).isPresent() || monitor.changesUnwritten(feed.name());
        if (!expected && said.add(feed.name())) {
            LOG.log(
                    WARNING,
                    "Rows of feed {0} between {1} and {2} changed without a notification and were read again."
                            + " Likely causes: {3}.",
                    feed.name(),
                    text(unheard.start()),
                    text(unheard.end()),
                    likelyCauses(feed));
        }
    }

    private String likelyCauses(Feed feed) {
        if (feed.watched().isEmpty() && monitor.followsLog()) {
            return "a policy, function or column that reads other tables";
        }
        return feed.watched().isEmpty()
                ? "a writer that does not fire the triggers of livespan.watch, such as a logical replication subscription or one"
                        + " that writes to a partition directly; or a policy, function or column that reads other tables"
                : "a table that the view uses and livespan.feeds." + feed.name()
                        + ".watched does not name, or a function that reads one";
    }

    private static String text(long columnTime) {
        if (columnTime == ColumnTime.MINUS_INFINITY) {
            return "-infinity";
        }
        return columnTime == ColumnTime.INFINITY
                ? "infinity"
                : ColumnTime.toLocalDateTime(columnTime).toString();
    }

    /** A full pass over the feed found nothing. */
    void clean(String feed) {
        said.remove(feed);
    }

    /** There were two rows with one key. Logged once. */
    void twins(Feed feed) {
        if (twins.add(feed.name())) {
            LOG.log(
                    WARNING,
                    "Feed {0} shows more than one row with the same key ({1}); clients that apply changes cannot tell them"
                            + " apart. Add columns to livespan.feeds.{0}.key, or fix the view.",
                    feed.name(),
                    feed.key());
        }
    }

    /** How often rows differed without a notification. */
    long count() {
        return count.sum();
    }
}
