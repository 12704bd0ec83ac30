package org.livespan.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server of our own, seen as its main database; {@link #createDatabase} creates others. */
abstract class DatabaseServer implements TestDatabase {

    static final String MAIN = "livespan";
    static final String SUPERUSER = "postgres";

    /** The first version in which {@code create database} has a strategy. */
    private static final int STRATEGIES = 15;

    private static final int PATIENCE_SECONDS = 10;

    private final AtomicInteger created = new AtomicInteger();

    /** Creates and drops databases. Guarded by this object's lock. */
    private Connection administrator;

    /** Its kind and version as text: {@code embedded PostgreSQL 18.6}. */
    final String describe() throws SQLException {
        try (var connection = connect()) {
            return kind() + " PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    abstract String kind();

    abstract String url(String database);

    @Override
    public final String url() {
        return url(MAIN);
    }

    @Override
    public final String user() {
        return SUPERUSER;
    }

    @Override
    public final String password() {
        return SUPERUSER;
    }

    @Override
    public final TestDatabase createDatabase(String options) throws SQLException {
        var name = "fresh_" + created.incrementAndGet();
        // Copying by WAL, the default of these versions, takes five times as long without fsync
        var strategy = majorVersion() < STRATEGIES ? "" : "strategy file_copy ";
        execute("create database " + name + " " + strategy + options);
        return new FreshDatabase(this, name);
    }

    private synchronized int majorVersion() throws SQLException {
        return administrator().getMetaData().getDatabaseMajorVersion();
    }

    final synchronized void execute(String sql) throws SQLException {
        try (var statement = administrator().createStatement()) {
            statement.execute(sql);
        }
    }

    /** Its session, a new one after the server was stopped. */
    private Connection administrator() throws SQLException {
        if (administrator == null || !administrator.isValid(PATIENCE_SECONDS)) {
            administrator = connect();
        }
        return administrator;
    }
}
