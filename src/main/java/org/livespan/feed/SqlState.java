package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.QueryTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The kind of failure that caused an exception of a persistence provider.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error Codes</a>
 */
public final class SqlState {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String QUERY_CANCELED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Syntax error or access rule violation, feature not supported, data exception, internal error. */
    private static final String OF_THE_STATEMENT = "42|0A|22|XX";

    private SqlState() {}

    /** What a failed read means for those that watch the feed. */
    static RuntimeException unreadable(String feed, PersistenceException failure) {
        return isForbidden(failure)
                ? new FeedForbiddenException(feed, failure)
                : new FeedUnavailableException(feed, failure);
    }

    private static boolean isForbidden(Throwable failure) {
        return INSUFFICIENT_PRIVILEGE.equals(of(failure));
    }

    /** Whether the database answered and refused the statement, as it would again. */
    public static boolean isRefused(Throwable failure) {
        String state = of(failure);
        return state.length() > 1 && state.substring(0, 2).matches(OF_THE_STATEMENT);
    }

    /** Whether the database cancelled a query, because it took too long or the driver gave up waiting. */
    static boolean isTimeout(Throwable failure) {
        return QUERY_CANCELED.equals(of(failure))
                || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause ->
                                cause instanceof QueryTimeoutException || cause instanceof SQLTimeoutException);
    }

    /** Whether a lock was not available within {@code lock_timeout}. */
    static boolean isLocked(Throwable failure) {
        return LOCK_NOT_AVAILABLE.equals(of(failure));
    }

    /** The state of the innermost JDBC exception; empty if there is none. */
    private static String of(Throwable failure) {
        String state = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            state = cause instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : state;
        }
        return state;
    }
}
