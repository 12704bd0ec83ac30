package org.livespan.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The database's URL, user and password, for connections outside the server's pool. */
@ApplicationScoped
public class DatabaseSettings {

    /** How long a query may take, as an ISO 8601 duration. */
    public static final String DEFAULT_QUERY_TIMEOUT = "PT30S";

    @Inject
    @ConfigProperty(name = "livespan.db.url")
    String url;

    @Inject
    @ConfigProperty(name = "livespan.db.user")
    Optional<String> user;

    @Inject
    @ConfigProperty(name = "livespan.db.password")
    Optional<String> password;

    public String url() {
        return url;
    }

    /**
     * For connections to that address.
     *
     * @param application the name that the sessions show
     * @param seconds how long to wait for a connection, and for each answer
     * @throws IllegalArgumentException if the address is not one of PostgreSQL's
     */
    public PrimaryDataSource source(String address, String application, int seconds) {
        var source = new PrimaryDataSource();
        source.setUrl(address);
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setApplicationName(application);
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        return source;
    }
}
