package org.livespan.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A database on a real PostgreSQL server that tests may fill, stop and start as they need. */
public interface TestDatabase extends AutoCloseable {

    /** The one of this run: started by the first call, stopped when the JVM ends. */
    static TestDatabase get() {
        return SharedDatabase.get();
    }

    /** Its JDBC URL, which stays the same after {@link #stop} and {@link #start}. */
    String url();

    /** A superuser of the server. */
    String user();

    String password();

    default Connection connect() throws SQLException {
        // Not DriverManager: it may have been set up by a class loader that does not see the driver
        var source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user());
        source.setPassword(password());
        return source.getConnection();
    }

    /** Runs an SQL file as {@code psql -f} would. */
    default void run(Path script) throws SQLException, IOException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(script));
        }
    }

    /** A new, empty database on the same server; its {@link #close} drops it, even if clients are connected. */
    default TestDatabase createDatabase() throws SQLException {
        return createDatabase("");
    }

    /** The same with Livespan's functions and the table {@code orders}, which is watched. */
    default TestDatabase createDemoDatabase() throws SQLException, IOException {
        TestDatabase database = createDatabase();
        database.run(Path.of("sql", "livespan.sql"));
        database.run(Path.of("sql", "demo.sql"));
        database.publishOrders();
        return database;
    }

    /** So that servers that follow the log learn of changes, too. */
    default void publishOrders() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("select livespan.publish('orders')");
        }
    }

    /** @param options as {@code create database} takes them */
    TestDatabase createDatabase(String options) throws SQLException;

    /** Shuts the whole server down as an operator would ({@code fast}): every client loses its connection. */
    void stop();

    /** Starts the server again, on the same port and with the same data. Returns when it accepts connections. */
    void start();

    @Override
    void close();
}
