package org.livespan.change;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the listening session is opened: the database of {@code livespan.db.url}, on a connection of its own. Through a
 * server's pool neither {@code unwrap} nor a wait for notifications works everywhere.
 */
@ApplicationScoped
class ListenSource {

    private static final Logger LOG = System.getLogger(ListenSource.class.getName());

    private static final int SECONDS_TO_CONNECT = 10;

    /** For each answer, those of the login too; a time-out of the login as a whole would cost a thread. */
    private static final int SECONDS_TO_ANSWER = 10;

    /** Nobody can listen on a standby. Of several hosts in the URL, this finds the one that was promoted. */
    private static final String WRITTEN_TO = "primary";

    private static final int SECONDS_TO_TRUST_A_HOST = 2;

    @Inject
    @ConfigProperty(name = "livespan.db.url")
    String url;

    @Inject
    @ConfigProperty(name = "livespan.db.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "livespan.db.password")
    Optional<String> password;

    /** @throws SQLException if the database cannot be reached, or the URL is not one of PostgreSQL's */
    Connection connect() throws SQLException {
        var source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            throw new SQLException("livespan.db.url is not jdbc:postgresql://HOST:PORT/DATABASE", "08001", e);
        }
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setApplicationName("livespan-listener");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(SECONDS_TO_CONNECT);
        source.setSocketTimeout(SECONDS_TO_ANSWER);
        source.setSocketFactory(ListenSocketFactory.class.getName());
        source.setTargetServerType(WRITTEN_TO);
        source.setHostRecheckSeconds(SECONDS_TO_TRUST_A_HOST);
        return source.getConnection();
    }

    /** The driver has announced itself to the whole server when it was loaded, and goes with this application. */
    @PreDestroy
    void forgetDriver() {
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            LOG.log(DEBUG, "The driver stays registered: {0}", e);
        }
    }
}
