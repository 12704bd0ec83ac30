package org.livespan.feed;

import jakarta.persistence.QueryTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import java.util.stream.Stream;
import org.livespan.db.RootCause;

/** The database did not give a feed's rows; the cause says why. */
public final class FeedUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String QUERY_CANCELED = "57014";

    public FeedUnavailableException(String feed, Throwable cause) {
        super("The rows of feed " + feed + " cannot be read: " + RootCause.of(cause), cause);
    }

    /**
     * Whether the database was there and a query took longer than {@code livespan.db.query-timeout}.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error Codes</a>
     */
    public boolean isTimeout() {
        return Stream.iterate(getCause(), Objects::nonNull, Throwable::getCause)
                .anyMatch(FeedUnavailableException::isTimeout);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof QueryTimeoutException
                || cause instanceof SQLTimeoutException
                || cause instanceof SQLException e && QUERY_CANCELED.equals(e.getSQLState());
    }
}
