package org.livespan.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first process of a PostgreSQL server, which writes its PID into its data directory.
 *
 * @see <a href="https://www.postgresql.org/docs/current/server-shutdown.html">PostgreSQL, Shutting Down the Server</a>
 */
record Postmaster(ProcessHandle process) {

    /** The one that runs on this data; empty if none does. */
    static Optional<Postmaster> of(Path data) {
        try {
            return Files.exists(lock(data))
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(lock(data)).get(0).strip()))
                            .map(Postmaster::new)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that a killed run left running on this data, and no other process that has been given its PID since. */
    static Optional<Postmaster> orphan(Path data) {
        return of(data).filter(postmaster -> postmaster.isToldOf(data));
    }

    private boolean isToldOf(Path data) {
        return List.of(process.info().arguments().orElse(new String[0])).contains(data.toString());
    }

    static void forget(Path data) throws IOException {
        Files.deleteIfExists(lock(data));
    }

    private static Path lock(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Ends it and its children at once. */
    void quit() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.onExit().join();
    }

    /** Kills it and its children. */
    void kill() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}
