package org.livespan.db;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether the database of {@code livespan.db.url} gives a connection past the server's pool, to the pool's user. */
@ApplicationScoped
public class OwnConnection {

    private static final Logger LOG = System.getLogger(OwnConnection.class.getName());

    private static final int SECONDS_TO_ANSWER = 5;

    @Inject
    @ConfigProperty(name = "livespan.db.url")
    String url;

    @Inject
    @ConfigProperty(name = "livespan.db.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "livespan.db.password")
    Optional<String> password;

    /** Opens one and closes it. */
    public boolean isGiven() {
        try (Connection connection = source().getConnection()) {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException | IllegalArgumentException e) {
            LOG.log(DEBUG, "The database gives no connection past the pool either: {0}", e);
            return false;
        }
    }

    private PrimaryDataSource source() {
        var source = new PrimaryDataSource();
        source.setUrl(url);
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setApplicationName("livespan-health");
        source.setConnectTimeout(SECONDS_TO_ANSWER);
        source.setSocketTimeout(SECONDS_TO_ANSWER);
        return source;
    }
}
