package org.livespan.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.livespan.tool.TakesLong;

/** The library regards data as abandoned if its lock file is ten minutes old and not locked, as a stopped server's is. */
@TakesLong
class EmbeddedDatabaseIT {

    private static final int FIRST_PORT = 18_900;

    @TempDir
    private Path directory;

    private EmbeddedDatabase one;
    private EmbeddedDatabase other;

    @BeforeEach
    void two_in_the_same_directory() {
        one = new EmbeddedDatabase(directory, FreePort.from(FIRST_PORT));
        other = new EmbeddedDatabase(directory, FreePort.from(one.port() + 1));
    }

    @AfterEach
    void close() {
        try {
            one.close();
        } finally {
            other.close();
        }
    }

    @Test
    void a_stopped_database_with_an_old_lock_starts_again_with_its_data() throws Exception {
        one.start();
        one.execute("create table kept as select 42 as n");
        one.stop();
        ageLocks();

        one.start();
        assertThat(kept()).isEqualTo(42);
    }

    @Test
    void a_stopped_database_with_an_old_lock_survives_the_start_of_another() throws Exception {
        one.start();
        one.execute("create table kept as select 42 as n");
        one.stop();
        ageLocks();

        other.start();
        assertThat(dataDirectories()).hasSize(2);
        one.start();
        assertThat(kept()).isEqualTo(42);
    }

    @Test
    void data_and_server_of_another_run_are_cleared_after_it_was_killed_and_not_while_it_runs() throws Exception {
        one.start();
        var ours = dataDirectories();
        try (var run = OtherRun.start(directory, FreePort.from(other.port() + 1))) {
            ageLocks();
            var all = dataDirectories();
            assertThat(all).hasSize(3).containsAll(ours);

            try (var third = new EmbeddedDatabase(directory, other.port())) {
                third.start();
            }
            assertThat(dataDirectories()).isEqualTo(all);

            run.kill();
            assertThat(run.postmaster().isAlive()).as("orphan").isTrue();
            new EmbeddedDatabase(directory, other.port()).close();
            assertThat(dataDirectories()).isEqualTo(ours);
            assertThat(run.postmaster().isAlive()).as("orphan").isFalse();
        }
    }

    private int kept() throws SQLException {
        try (var connection = one.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select n from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Set<Path> dataDirectories() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory).collect(Collectors.toSet());
        }
    }

    private void ageLocks() throws IOException {
        var longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        for (Path data : dataDirectories()) {
            Files.setLastModifiedTime(data.resolve("epg-lock"), longAgo);
        }
    }
}
