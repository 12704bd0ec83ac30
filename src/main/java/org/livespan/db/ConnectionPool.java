package org.livespan.db;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The server's pool of connections to the database. It is looked up when first needed: a missing pool would be injected as
 * null, or keep the application from starting without a helpful message. After a failure it is looked up again, because the
 * server may have recreated it.
 */
@ApplicationScoped
public class ConnectionPool {

    private static final String NAME = "java:app/jdbc/livespan";

    /** As PostgreSQL says that a connection cannot be had. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private volatile DataSource source;

    /** Whether it ever gave a connection. */
    private volatile boolean given;

    /** Whether it gave none when it was last asked. */
    private volatile boolean refused;

    /** @throws SQLException if the server has no such pool, with where it is set up; or if the pool gives no connection */
    public Connection connection() throws SQLException {
        try {
            DataSource known = source;
            DataSource present = known == null ? find() : known;
            Connection connection = present.getConnection();
            source = present;
            given = true;
            refused = false;
            return connection;
        } catch (SQLException | RuntimeException e) {
            source = null;
            refused = true;
            throw e;
        }
    }

    /** Whether it gave no connection when it was last asked, although it did before. */
    public boolean isFailing() {
        return given && refused;
    }

    /** What the server says goes into the message, as it is the innermost one that people are told. */
    private static DataSource find() throws SQLException {
        try {
            return InitialContext.doLookup(NAME);
        } catch (NamingException e) {
            var missing = new SQLNonTransientConnectionException(
                    "There is no data source jdbc/livespan, or no driver for it. On Open Liberty, server.xml defines both,"
                            + " on WildFly livespan.cli, and on Payara WEB-INF/glassfish-resources.xml in the WAR. The server says: "
                            + RootCause.of(e),
                    UNABLE_TO_CONNECT);
            missing.addSuppressed(e);
            throw missing;
        }
    }
}
