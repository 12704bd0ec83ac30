package org.livespan.notify;

import org.livespan.database.TestDatabase;
import org.livespan.db.PrimaryDataSource;

/** Connects the listener to a test database as the application does, but without its settings. */
final class DirectSource {

    private DirectSource() {}

    /** @param parameters of the JDBC URL, with their question mark; or empty */
    static PrimaryDataSource of(TestDatabase database, String parameters) {
        var source = new PrimaryDataSource();
        source.setUrl(database.url() + parameters);
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }
}
