package org.livespan.database;

import java.nio.file.Path;
import java.sql.SQLException;

/** The one database server of a test run. */
final class SharedDatabase {

    private static DatabaseServer server;

    private SharedDatabase() {}

    static synchronized TestDatabase get() {
        if (server == null) {
            server = start(DatabaseChoice.ofThisRun());
        }
        return server;
    }

    static synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private static DatabaseServer start(DatabaseChoice choice) {
        return switch (choice) {
            case EMBEDDED -> start(embedded(), "asked for");
            case DOCKER -> docker();
            case AUTO -> either();
        };
    }

    private static DatabaseServer docker() {
        var missing = whyNoEngine();
        if (missing != null) {
            throw new IllegalStateException("The tests are to run on Docker, but " + missing);
        }
        return start(new ContainerDatabase(), "asked for");
    }

    private static DatabaseServer either() {
        var missing = whyNoEngine();
        if (missing == null) {
            try {
                return start(new ContainerDatabase(), "a Docker engine answered");
            } catch (RuntimeException e) {
                missing = "a Docker engine answered, but: " + e.getMessage();
            }
        }
        return start(embedded(), missing);
    }

    private static String whyNoEngine() {
        try {
            return DockerEngine.missing().orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for a Docker engine", e);
        }
    }

    private static DatabaseServer embedded() {
        return new EmbeddedDatabase(Path.of("target", "postgres"), FreePort.forThisProcess());
    }

    private static DatabaseServer start(DatabaseServer candidate, String reason) {
        // Before the start, so that Ctrl-C during the start leaves nothing behind
        Runtime.getRuntime().addShutdownHook(new Thread(candidate::close, "test-database-stop"));
        try {
            candidate.start();
            System.out.println("Test database: " + candidate.describe() + " (" + reason + "), " + candidate.url());
            return candidate;
        } catch (SQLException | RuntimeException e) {
            candidate.close();
            throw new IllegalStateException(
                    "The " + candidate.kind() + " PostgreSQL did not start: " + e.getMessage(), e);
        }
    }
}
