package org.livespan.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.livespan.change.MissingRequirementException;
import org.livespan.db.PrimaryDataSource;

/**
 * The connections by which the log is followed, to one server.
 *
 * @param queries asks which transactions can be seen; for the listening thread
 * @param catalogue for the thread that reads the log
 * @param replication that thread reads from it
 */
record LogConnections(Connection queries, Connection catalogue, Connection replication) implements AutoCloseable {

    /** How long the listening thread waits for an answer. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** Longer than {@link LogSlot} lets the server wait. */
    private static final int SECONDS_TO_START = 30;

    /** @throws MissingRequirementException if the log cannot be followed; says what to do */
    static LogConnections open(PrimaryDataSource source) throws SQLException {
        Connection queries = source.getConnection();
        Connection catalogue = null;
        try {
            LogRequirements.check(queries);
            queries.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            catalogue = source.getConnection();
            source.setSocketTimeout(SECONDS_TO_START);
            return new LogConnections(queries, catalogue, LogRequirements.connect(source));
        } catch (SQLException | RuntimeException e) {
            queries.close();
            if (catalogue != null) {
                catalogue.close();
            }
            throw e;
        }
    }

    /** The sender at once, so that a server that shuts down need not wait for it; the temporary slot goes with it. */
    @Override
    public void close() throws SQLException {
        replication.abort(Runnable::run);
        catalogue.close();
        queries.close();
    }
}
