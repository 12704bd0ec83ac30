package org.livespan.feed;

import java.util.List;
import org.livespan.time.SpanSet;

/**
 * One committed state of a feed, which can be read repeatedly: a transaction with isolation level repeatable read. To be used
 * by one thread, and closed soon.
 *
 * @see <a href="https://www.postgresql.org/docs/current/transaction-iso.html">PostgreSQL, Transaction Isolation</a>
 */
public interface FeedSnapshot extends AutoCloseable {

    /**
     * Reads the rows of any of these selections within their spans, each once, in one statement, or in a few if there are many
     * spans. A row without a date lies in none.
     *
     * @param limit the most rows to read, at least 1
     * @return the rows in the order of (date, key)
     * @throws FeedUnavailableException if the database does not answer
     */
    List<Row> read(List<SelectedSpans> any, int limit);

    /** The same for all rows of the spans. */
    default List<Row> read(SpanSet spans, int limit) {
        return read(List.of(new SelectedSpans(spans, Selection.ALL)), limit);
    }

    /**
     * The digest of all rows whose date lies in one of the spans: computed by the database if possible, so that no rows are
     * sent.
     *
     * @param limit the most rows to read if it is not; those beyond are left out
     * @throws FeedUnavailableException if the database does not answer
     */
    default Digest digest(SpanSet spans, int limit) {
        return read(spans, limit).stream().map(Digest::of).reduce(Digest.NONE, Digest::plus);
    }

    /**
     * The rows that meet all of these filters.
     *
     * @param filters on {@link Feed#filters()} only
     * @throws InvalidValueException if a text is no value of its column's type; the snapshot cannot be read any more then
     * @throws FeedUnavailableException if the database does not answer
     */
    default Selection select(List<Filter> filters) {
        if (filters.isEmpty()) {
            return Selection.ALL;
        }
        throw new IllegalArgumentException("This feed has no filters");
    }

    /**
     * What the feed's filter columns are in the database. If two snapshots have different ones, the rows and the selections of
     * one mean nothing to the other.
     */
    default Object filterColumns() {
        return Filters.NONE;
    }

    @Override
    void close();
}
