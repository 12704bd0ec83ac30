package org.livespan.notify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.livespan.db.PrimaryDataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A database session that listens.
 *
 * <p>Used by one thread, except for {@link #close()}, which any thread may call: it is the only way to interrupt a wait.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-listen.html">PostgreSQL, LISTEN</a>
 */
final class ListenConnection implements AutoCloseable {

    private static final int PROBE_SECONDS = 5;

    /**
     * PostgreSQL ends a session that has not read for so long. Otherwise a process that hangs, or a host that has vanished,
     * would keep the notification queue from being emptied, and once it is full, writers fail.
     *
     * @see <a href="https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-TCP-USER-TIMEOUT">PostgreSQL,
     *     tcp_user_timeout</a>
     */
    private static final String END_IF_UNREAD = "set tcp_user_timeout = '30s'";

    private static final String PROBE =
            "select pg_catalog.pg_is_in_recovery(), pg_catalog.pg_notification_queue_usage()";

    private final Connection connection;
    private final PGConnection notifications;

    private ListenConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.notifications = connection.unwrap(PGConnection.class);
    }

    /** Opens a session outside any pool, in autocommit: notifications do not arrive inside a transaction. */
    static ListenConnection open(PrimaryDataSource source, List<String> channels) throws SQLException {
        source.setSocketFactory(ListenSocketFactory.class.getName());
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(END_IF_UNREAD);
            for (String channel : channels) {
                statement.execute("LISTEN " + statement.enquoteIdentifier(channel, true));
            }
            return new ListenConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Waits for notifications, and hands over what has arrived together, some kilobytes at most.
     *
     * @return the notifications in commit order; empty if none came within the time
     * @throws SQLException if the session is lost or was closed
     */
    List<PGNotification> await(Duration atMost) throws SQLException {
        int millis = Math.max(ListenSocketFactory.PEEK + 1, Math.toIntExact(atMost.toMillis()));
        PGNotification[] arrived = notifications.getNotifications(millis);
        return arrived == null ? List.of() : List.of(arrived);
    }

    /**
     * Asks the server for a sign of life, because the socket of a half-open connection never fails by itself.
     *
     * @return how full its notification queue is, 0 to 1
     * @throws SQLException if the session is lost, or the server is not the primary
     */
    double probe() throws SQLException {
        if (!connection.isValid(PROBE_SECONDS)) {
            throw new SQLException("The server did not answer within " + PROBE_SECONDS + " s", "08006");
        }
        try (Statement statement = connection.createStatement();
                ResultSet state = statement.executeQuery(PROBE)) {
            state.next();
            if (state.getBoolean(1)) {
                throw new SQLException("The server has become a standby, which accepts no writes", "25006");
            }
            return state.getDouble(2);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
