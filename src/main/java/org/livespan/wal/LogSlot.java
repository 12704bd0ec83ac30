package org.livespan.wal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.livespan.change.MissingRequirementException;
import org.postgresql.PGConnection;

/**
 * A replication slot, which goes with the session that made it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/logicaldecoding-explanation.html">PostgreSQL, Logical Decoding
 *     Concepts</a>
 */
final class LogSlot {

    /**
     * PostgreSQL ends the sender if nobody reads for so long, and waits no longer for transactions that began before: while it
     * waited for those, it would not notice that its client has gone.
     */
    private static final String SETTINGS =
            "set wal_sender_timeout = '60s'; set tcp_user_timeout = '30s'; set lock_timeout = '20s'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Those that have written something are waited for. Who may not see the sessions of others finds none. */
    private static final String OLDEST = """
            select pg_catalog.format('process %s, since %s', pid, xact_start), xact_start
              from pg_catalog.pg_stat_activity
             where backend_xid is not null and pid <> pg_catalog.pg_backend_pid()
            union all
            select pg_catalog.format('prepared as ''%s'', at %s', gid, prepared), prepared from pg_catalog.pg_prepared_xacts
             order by 2 limit 1""";

    private LogSlot() {}

    /**
     * Creates one.
     *
     * @return its name
     * @throws MissingRequirementException if a transaction that began before does not end
     */
    static String create(LogConnections connections) throws SQLException {
        Connection replication = connections.replication();
        String name = "livespan_" + UUID.randomUUID().toString().replace('-', '_');
        try (Statement statement = replication.createStatement()) {
            statement.execute(SETTINGS);
        }
        try {
            replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(name)
                    .withOutputPlugin("pgoutput")
                    .withTemporaryOption()
                    .make();
            return name;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new MissingRequirementException(
                        "the log can be followed once every transaction that had written something"
                                + " has ended, and one has not: " + oldest(connections.queries()));
            }
            throw e;
        }
    }

    private static String oldest(Connection queries) throws SQLException {
        try (Statement statement = queries.createStatement();
                ResultSet oldest = statement.executeQuery(OLDEST)) {
            return oldest.next() ? oldest.getString(1) : "see backend_xid in pg_stat_activity";
        }
    }
}
