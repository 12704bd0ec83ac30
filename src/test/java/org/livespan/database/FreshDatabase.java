package org.livespan.database;

import java.sql.SQLException;

/** A database for one test alone, dropped when it is closed. */
record FreshDatabase(DatabaseServer server, String name) implements TestDatabase {

    @Override
    public String url() {
        return server.url(name);
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public String password() {
        return server.password();
    }

    @Override
    public TestDatabase createDatabase(String options) throws SQLException {
        return server.createDatabase(options);
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        try {
            server.execute("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException("The database " + name + " could not be dropped", e);
        }
    }
}
