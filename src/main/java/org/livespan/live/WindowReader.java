package org.livespan.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Reads a window as it is now, within the limit on its rows. */
@ApplicationScoped
public class WindowReader {

    @Inject
    @ConfigProperty(name = "livespan.limits.window-rows", defaultValue = "10000")
    int limit;

    @Inject
    Availability availability;

    /**
     * One query, one committed state.
     *
     * @throws WindowTooLargeException if there are more rows than a window may hold
     * @throws FeedUnavailableException if the database does not answer
     * @throws org.livespan.feed.FeedForbiddenException if it does not let its user read them
     */
    public Result read(Feed feed, Span span) {
        List<Row> rows = rows(feed, span);
        if (rows.size() > limit) {
            throw new WindowTooLargeException(limit);
        }
        return Result.of(rows);
    }

    private List<Row> rows(Feed feed, Span span) {
        try (FeedSnapshot snapshot = feed.snapshot()) {
            List<Row> rows = snapshot.read(new SpanSet(List.of(span)), limit + 1);
            availability.answered(feed.name());
            return rows;
        } catch (FeedUnavailableException e) {
            availability.failed(feed.name(), e);
            throw e;
        }
    }
}
