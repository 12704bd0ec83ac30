package org.livespan.live;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.time.Span;

/** Reads a window as it is now, within the limit on its rows. */
@ApplicationScoped
public class WindowReader {

    private static final Logger LOG = System.getLogger(WindowReader.class.getName());

    @Inject
    @ConfigProperty(name = "livespan.limits.window-rows", defaultValue = "10000")
    int limit;

    private final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    /**
     * One query, one committed state.
     *
     * @throws WindowTooLargeException if there are more rows than a window may hold
     * @throws FeedUnavailableException if the database does not answer
     */
    public Result read(Feed feed, Span span) {
        List<Row> rows = rows(feed, span);
        if (rows.size() > limit) {
            throw new WindowTooLargeException(limit);
        }
        return Result.of(rows);
    }

    /** Says once that a feed cannot be read, and once that it can again: not for every window and attempt. */
    private List<Row> rows(Feed feed, Span span) {
        try {
            List<Row> rows = feed.read(span, limit + 1);
            if (unavailable.remove(feed.name())) {
                LOG.log(INFO, "The rows of feed {0} can be read again.", feed.name());
            }
            return rows;
        } catch (FeedUnavailableException e) {
            if (unavailable.add(feed.name())) {
                LOG.log(
                        WARNING,
                        "{0} Open windows keep their last result and catch up. If it lasts, see livespan.db.url and the"
                                + " server's data source.",
                        e.getMessage());
            }
            throw e;
        }
    }
}
