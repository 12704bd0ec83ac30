package org.livespan.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the database and installs Livespan's SQL before the first integration test, and stops the database after the last.
 * Does nothing for a run of unit tests.
 */
public final class TestRun implements LauncherSessionListener {

    private static final String TEMPORARY = "java.io.tmpdir";
    private static final List<Path> SCRIPTS = List.of(Path.of("sql", "livespan.sql"), Path.of("sql", "demo.sql"));

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("livespan.test.war") != null) {
            prepare();
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        SharedDatabase.close();
    }

    private static void prepare() {
        createTemporaryDirectory();
        var database = TestDatabase.get();
        SCRIPTS.stream().filter(Files::exists).forEach(script -> install(database, script));
        publish(database);
    }

    private static void createTemporaryDirectory() {
        try {
            Files.createDirectories(Path.of(System.getProperty(TEMPORARY)));
        } catch (IOException e) {
            throw new UncheckedIOException("There is no temporary directory", e);
        }
    }

    private static void publish(TestDatabase database) {
        try {
            database.publishOrders();
        } catch (SQLException e) {
            throw new IllegalStateException("The orders could not be published", e);
        }
    }

    private static void install(TestDatabase database, Path script) {
        try {
            database.run(script);
        } catch (Exception e) {
            throw new IllegalStateException(script + " could not be installed", e);
        }
    }
}
