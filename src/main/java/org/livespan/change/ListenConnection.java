package org.livespan.change;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A database session that listens.
 *
 * <p>Used by one thread, but for {@link #close()}, which any thread may call: it is the only way to interrupt a wait.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-listen.html">PostgreSQL, LISTEN</a>
 */
final class ListenConnection implements AutoCloseable {

    private static final int PROBE_SECONDS = 5;

    private final Connection connection;
    private final PGConnection notifications;

    private ListenConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.notifications = connection.unwrap(PGConnection.class);
    }

    /** Opens a session outside any pool, in autocommit: notifications do not arrive inside a transaction. */
    static ListenConnection open(ListenSource source, List<String> channels) throws SQLException {
        Connection connection = source.connect();
        try (Statement statement = connection.createStatement()) {
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
     * Waits for notifications, and asks the server for a sign of life if none came: the socket of a network that died
     * half-way never fails by itself.
     *
     * @return the notifications in commit order; empty if none came within the time
     * @throws SQLException if the session is lost or was closed
     */
    List<PGNotification> await(Duration atMost) throws SQLException {
        PGNotification[] arrived = notifications.getNotifications(Math.toIntExact(atMost.toMillis()));
        if ((arrived == null || arrived.length == 0) && !connection.isValid(PROBE_SECONDS)) {
            throw new SQLException("The server did not answer within " + PROBE_SECONDS + " s", "08006");
        }
        return arrived == null ? List.of() : List.of(arrived);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
