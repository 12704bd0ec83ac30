package org.livespan.db;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.Driver;

/**
 * The database as the listener reaches it: by connections of its own, to {@code livespan.listener.url} or by default to
 * {@code livespan.db.url}. With a server's pool, neither {@code unwrap} nor waiting works everywhere.
 */
@ApplicationScoped
public class ListenerDatabase {

    private static final Logger LOG = System.getLogger(ListenerDatabase.class.getName());

    /** For a connection and for each answer, those of the login too; a time-out of the login as a whole would cost a thread. */
    private static final int SECONDS_TO_ANSWER = 10;

    @Inject
    DatabaseSettings settings;

    @Inject
    @ConfigProperty(name = "livespan.listener.url")
    Optional<String> listenerUrl;

    /** @throws SQLException if the URL is not one of PostgreSQL's */
    public PrimaryDataSource source() throws SQLException {
        try {
            PrimaryDataSource source =
                    settings.source(listenerUrl.orElse(settings.url()), "livespan-listener", SECONDS_TO_ANSWER);
            source.setTcpKeepAlive(true);
            return source;
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
