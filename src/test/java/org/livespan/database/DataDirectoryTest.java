package org.livespan.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @Test
    void a_killed_runs_data_is_deleted_and_a_process_with_its_pid_lives_on(@TempDir Path place) throws Exception {
        var data = Files.createDirectory(place.resolve("data-dead"));
        Files.createFile(place.resolve("data-dead.lock"));
        var stranger = new ProcessBuilder("cat").start();
        try {
            Files.writeString(data.resolve("postmaster.pid"), stranger.pid() + "\n");
            DataDirectory.in(place).close();
            assertThat(data).doesNotExist();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }
}
