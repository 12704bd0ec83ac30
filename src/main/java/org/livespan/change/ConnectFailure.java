package org.livespan.change;

import java.sql.SQLException;
import java.util.List;

/**
 * Why a connection could not be opened, or was lost.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error Codes</a>
 */
final class ConnectFailure {

    /**
     * Unable to connect, invalid authorization, invalid catalog name (no such database), cannot connect now (starting or
     * shutting down). Neither a later connection failure, which may have been a time-out, nor a terminated session.
     */
    private static final List<String> STATES = List.of("08001", "28", "3D", "57P03");

    private ConnectFailure() {}

    /** The driver says that it could not, and its cause why. */
    static String reason(SQLException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? withoutFullStop(failure.getMessage())
                : withoutFullStop(failure.getMessage()) + ": " + withoutFullStop(cause.getMessage());
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Whether every other connection of this application would be refused as well. */
    static boolean isOfEverybody(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && STATES.stream().anyMatch(state::startsWith);
    }
}
