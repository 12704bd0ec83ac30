package org.livespan.change;

import java.sql.SQLException;
import java.time.Duration;

/**
 * What a {@link ChangeSource} is heard by. Used by one thread, except for {@link #close()}, which any thread may call: it is the
 * only way to interrupt a wait.
 */
public interface ChangeSession extends AutoCloseable {

    /**
     * Waits for changes, and fires those that have come, in the order of their commits.
     *
     * @throws SQLException if the session is lost or was closed
     */
    void hear(Duration atMost) throws SQLException;

    /**
     * Asks the server for a sign of life, because the socket of a half-open connection never fails by itself.
     *
     * @return what has not been heard yet
     * @throws SQLException if the session is lost, or the server is not the primary
     */
    Backlog probe() throws SQLException;

    @Override
    void close() throws SQLException;
}
