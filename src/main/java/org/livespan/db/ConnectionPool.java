package org.livespan.db;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The server's pool of connections to the database, looked up when it is first needed: one that is injected leaves a null,
 * or an application that does not start, and nobody to say what is missing.
 */
@ApplicationScoped
public class ConnectionPool {

    private static final String NAME = "java:app/jdbc/livespan";

    /** As PostgreSQL says that a connection cannot be had. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private volatile DataSource source;

    /** @throws SQLException if the server has no such pool, with where it is set up; or if the pool gives no connection */
    public Connection connection() throws SQLException {
        if (source == null) {
            source = find();
        }
        return source.getConnection();
    }

    /** What the server says goes into the message, as it is the innermost one that people are told. */
    private static DataSource find() throws SQLException {
        try {
            return InitialContext.doLookup(NAME);
        } catch (NamingException e) {
            var missing = new SQLNonTransientConnectionException(
                    "There is no data source jdbc/livespan, or no driver for it. Open Liberty has both by server.xml, WildFly"
                            + " by livespan.cli and Payara by WEB-INF/glassfish-resources.xml of the WAR. The server says: "
                            + RootCause.of(e),
                    UNABLE_TO_CONNECT);
            missing.addSuppressed(e);
            throw missing;
        }
    }
}
