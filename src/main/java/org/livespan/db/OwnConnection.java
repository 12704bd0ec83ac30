package org.livespan.db;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether the database of {@code livespan.db.url} gives a connection past the server's pool, to the pool's user. */
@ApplicationScoped
public class OwnConnection {

    private static final Logger LOG = System.getLogger(OwnConnection.class.getName());

    private static final int SECONDS_TO_ANSWER = 5;

    @Inject
    DatabaseSettings settings;

    /** Opens one and closes it. */
    public boolean isGiven() {
        try (Connection connection = settings.source(settings.url(), "livespan-health", SECONDS_TO_ANSWER)
                .getConnection()) {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException | IllegalArgumentException e) {
            LOG.log(DEBUG, "No connection outside the pool either: {0}", e);
            return false;
        }
    }
}
