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
     * Reads the rows whose date lies in one of the spans, in one statement, or in a few if there are many spans. A row
     * without a date lies in none.
     *
     * @param limit the most rows to read, at least 1
     * @return the rows in the order of (date, key)
     * @throws FeedUnavailableException if the database does not answer
     */
    List<Row> read(SpanSet spans, int limit);

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

    @Override
    void close();
}
