package org.livespan.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data directory of one database. Until it is closed, this JVM holds a lock on a file beside it. A lock file that is not
 * locked was left by a killed run; the next run in the same place deletes its data.
 */
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = ".lock";

    /** Never opened a second time: on POSIX, closing any channel of a file releases all locks of the JVM on it. */
    private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** A new one in the given place, not created yet. */
    static synchronized DataDirectory in(Path place) {
        try {
            var real = Files.createDirectories(place).toRealPath();
            // One JVM at a time: until it is locked, a new lock file looks like that of a killed run
            try (var turn = FileChannel.open(real.resolve("data" + LOCK), CREATE, WRITE)) {
                turn.lock();
                clearDead(real);
                return hold(real.resolve("data-" + UUID.randomUUID()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("There is no place for data in " + place, e);
        }
    }

    private static DataDirectory hold(Path path) throws IOException {
        var directory = new DataDirectory(path);
        var channel = FileChannel.open(directory.lock(), CREATE_NEW, WRITE);
        HELD.put(directory.lock(), channel);
        channel.lock();
        return directory;
    }

    private static void clearDead(Path place) throws IOException {
        try (var locks = Files.newDirectoryStream(place, "data-*" + LOCK)) {
            for (Path lock : locks) {
                if (!HELD.containsKey(lock)) {
                    clearIfDead(lock);
                }
            }
        }
    }

    private static void clearIfDead(Path lock) {
        try (var channel = FileChannel.open(lock, WRITE)) {
            if (channel.tryLock() != null) {
                var name = lock.getFileName().toString();
                var data = lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
                Postmaster.orphan(data).ifPresent(Postmaster::kill);
                FileTree.delete(data);
                Files.delete(lock);
            }
        } catch (IOException | RuntimeException e) {
            // Its owner has just deleted it, or it cannot be deleted now: the next run tries again
        }
    }

    private Path lock() {
        return path.resolveSibling(path.getFileName() + LOCK);
    }

    Path path() {
        return path;
    }

    /** Deletes it. The lock file is deleted last; if the data cannot be deleted, it stays, for the next run to try. */
    @Override
    public void close() {
        var channel = HELD.get(lock());
        try (channel) {
            FileTree.delete(path);
            Files.deleteIfExists(lock());
        } catch (IOException e) {
            throw new UncheckedIOException("The data of a stopped PostgreSQL stays in " + path, e);
        } finally {
            HELD.remove(lock());
        }
    }
}
