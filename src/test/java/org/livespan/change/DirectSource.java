package org.livespan.change;

import java.sql.Connection;
import java.sql.SQLException;
import org.livespan.database.TestDatabase;
import org.livespan.db.PrimaryDataSource;

/** Connects the listener to a test database as the application does, but without its settings. */
final class DirectSource extends ListenSource {

    private final TestDatabase database;
    private final String parameters;

    /** @param parameters of the JDBC URL, with their question mark; or empty */
    DirectSource(TestDatabase database, String parameters) {
        this.database = database;
        this.parameters = parameters;
    }

    @Override
    Connection connect() throws SQLException {
        var source = new PrimaryDataSource();
        source.setUrl(database.url() + parameters);
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setSocketFactory(ListenSocketFactory.class.getName());
        return source.getConnection();
    }
}
