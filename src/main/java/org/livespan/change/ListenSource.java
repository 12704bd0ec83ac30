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
import org.livespan.db.DatabaseSettings;
import org.livespan.db.PrimaryDataSource;
import org.postgresql.Driver;

/**
 * Opens the listening session: on a connection of its own, to {@code livespan.listener.url} or by default to
 * {@code livespan.db.url}. With a server's pool, neither {@code unwrap} nor waiting for notifications works everywhere.
 */
@ApplicationScoped
class ListenSource {

    private static final Logger LOG = System.getLogger(ListenSource.class.getName());

    /** For a connection and for each answer, those of the login too; a time-out of the login as a whole would cost a thread. */
    private static final int SECONDS_TO_ANSWER = 10;

    @Inject
    DatabaseSettings settings;

    @Inject
    @ConfigProperty(name = "livespan.listener.url")
    Optional<String> listenerUrl;

    /** @throws SQLException if the database cannot be reached, or the URL is not one of PostgreSQL's */
    Connection connect() throws SQLException {
        PrimaryDataSource source = source();
        source.setTcpKeepAlive(true);
        source.setSocketFactory(ListenSocketFactory.class.getName());
        return source.getConnection();
    }

    private PrimaryDataSource source() throws SQLException {
        try {
            return settings.source(listenerUrl.orElse(settings.url()), "livespan-listener", SECONDS_TO_ANSWER);
        } catch (IllegalArgumentException e) {
            String setting = listenerUrl.isPresent() ? "livespan.listener.url" : "livespan.db.url";
            throw new SQLException(setting + " is not jdbc:postgresql://HOST:PORT/DATABASE", "08001", e);
        }
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
