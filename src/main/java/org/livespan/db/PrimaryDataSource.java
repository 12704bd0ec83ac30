package org.livespan.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Connects to the primary among the hosts of the URL. {@code LISTEN} does not work on a standby, and rows read there may be
 * old.
 *
 * <p>It asks PostgreSQL whether it is in recovery. The driver's own {@code targetServerType=primary} asks whether transactions
 * are read-only, and so takes every server for a standby if the role's {@code default_transaction_read_only} is on, which is
 * common for roles that only read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL">PostgreSQL,
 *     pg_is_in_recovery</a>
 */
public class PrimaryDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /**
     * Settings of the role that could end the session, or delay or end a statement outside Livespan's transactions or before
     * their settings are pinned. Everything else is pinned by {@link SessionSettings}.
     */
    private static final String BEGIN = "set statement_timeout = 0; set lock_timeout = 0; set idle_session_timeout = 0;"
            + " set default_transaction_isolation = 'read committed'; set default_transaction_deferrable = off;"
            + " select pg_catalog.set_config('search_path', '" + SessionSettings.SEARCH_PATH + "', false)";

    private static final String IN_RECOVERY = "select pg_catalog.pg_is_in_recovery()";

    private static final String UNABLE_TO_CONNECT = "08001";
    private static final String STANDBY = "25006";

    /** Which host was the primary last: only a hint where to begin. */
    private volatile int primary;

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(getUser(), getPassword());
    }

    /** @throws SQLException if no host accepts writes; its message says what is wrong with each */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        String[] hosts = getServerNames();
        int first = primary < hosts.length ? primary : 0;
        var failures = new ArrayList<SQLException>();
        for (int i = 0; i < hosts.length; i++) {
            int host = (first + i) % hosts.length;
            try {
                Connection connection = connect(host, user, password);
                primary = host;
                return connection;
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        throw failures.size() == 1 ? failures.get(0) : none(failures);
    }

    /**
     * A session for logical replication, with the host that was the primary when {@link #getConnection()} last succeeded.
     *
     * @see <a href="https://www.postgresql.org/docs/current/protocol-replication.html">PostgreSQL, Streaming Replication
     *     Protocol</a>
     */
    public Connection getReplicationConnection() throws SQLException {
        PGSimpleDataSource one = only(primary);
        one.setReplication("database");
        one.setAssumeMinServerVersion("14");
        one.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return one.getConnection(getUser(), getPassword());
    }

    private Connection connect(int host, String user, String password) throws SQLException {
        Connection connection = only(host).getConnection(user, password);
        try {
            requirePrimary(connection, host);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private PGSimpleDataSource only(int host) {
        var one = new PGSimpleDataSource();
        one.setUrl(getUrl());
        one.setServerNames(new String[] {getServerNames()[host]});
        one.setPortNumbers(new int[] {getPortNumbers()[host]});
        one.setTargetServerType("any");
        return one;
    }

    private void requirePrimary(Connection connection, int host) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
            ResultSet answer = statement.executeQuery(IN_RECOVERY);
            answer.next();
            if (answer.getBoolean(1)) {
                throw new SQLException(
                        getServerNames()[host] + ":" + getPortNumbers()[host] + " is a standby", STANDBY);
            }
        }
    }

    private static SQLException none(ArrayList<SQLException> failures) {
        var reasons = new ArrayList<String>();
        failures.forEach(failure -> reasons.add(failure.getMessage()));
        var none = new SQLException("No host accepts writes: " + String.join("; ", reasons), UNABLE_TO_CONNECT);
        failures.forEach(none::addSuppressed);
        return none;
    }
}
