package org.livespan.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * PostgreSQL as processes of this machine, from binaries that Maven downloads; nothing has to be installed. It also runs for
 * root, where {@code unshare} gives PostgreSQL the ordinary user that it requires.
 *
 * <p>It listens on the loopback address only and trusts every client. It registers no shutdown hook, so that the code that
 * starts it decides what ends before it: {@link #close} waits for a start that is under way and allows no other.
 */
public final class EmbeddedDatabase extends DatabaseServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

    private final Path directory;
    private final DataDirectory data;
    private final int port;
    private final Map<String, String> settings = new HashMap<>();
    private EmbeddedPostgres running;
    private boolean closed;

    /** Not started yet. Its data and its log go into the given directory, where data of killed runs is deleted. */
    public EmbeddedDatabase(Path directory, int port) {
        this.directory = directory.toAbsolutePath();
        this.data = DataDirectory.in(this.directory);
        this.port = port;
    }

    public int port() {
        return port;
    }

    /** Offers TLS from its next start on. */
    public synchronized void offerTls() throws IOException {
        var identity = ServerIdentity.create(directory);
        settings.put("ssl", "on");
        settings.put("ssl_cert_file", identity.certificate().toString());
        settings.put("ssl_key_file", identity.key().toString());
    }

    /** Has this setting from its next start on. */
    public synchronized void set(String setting, String value) {
        settings.put(setting, value);
    }

    @Override
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("The database on port " + port + " is closed for good");
        }
        if (running != null) {
            return;
        }
        var isNew = Files.notExists(data.path());
        try {
            running = launch();
            if (isNew) {
                createMain();
            }
        } catch (IOException | SQLException | RuntimeException e) {
            throw new IllegalStateException("no answer on port " + port + ", see " + log(), e);
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        LIBRARY.setLevel(Level.WARNING);
        // Here the library deletes data with an old lock, such as that of a server stopped long ago: there is none here
        System.setProperty("ot.epg.working-dir", binaries().resolve("no-data").toString());
        var output = Redirect.appendTo(log().toFile());
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries().toFile())
                .setDataDirectory(data.path())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("timezone", "UTC")
                // With the library's default, a crash loses the latest commits
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_replication_slots", "20")
                .setServerConfig("max_wal_senders", "20")
                .setServerConfig("unix_socket_directories", "")
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(output)
                .setErrorRedirector(output);
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private void createMain() throws SQLException {
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + MAIN);
        }
    }

    private static Path binaries() {
        return Path.of("target", "postgres").toAbsolutePath();
    }

    private Path log() {
        return directory.resolve("postgres.log");
    }

    @Override
    String kind() {
        return "embedded";
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public synchronized void stop() {
        try {
            if (running != null) {
                running.close();
                running = null;
            }
            killSurvivor();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL on port " + port + " did not stop", e);
        }
    }

    /** For a server that never came up or did not stop. */
    private void killSurvivor() throws IOException {
        Postmaster.of(data.path()).ifPresent(Postmaster::kill);
        Postmaster.forget(data.path());
    }

    /** Stops it without a clean shutdown, as {@code pg_ctl stop -m immediate} does. */
    public synchronized void stopAtOnce() {
        end(Postmaster::quit);
    }

    /** Kills all its processes, as if its machine had failed. */
    public synchronized void crash() {
        end(Postmaster::kill);
    }

    private void end(Consumer<Postmaster> way) {
        way.accept(Postmaster.of(data.path()).orElseThrow());
        LIBRARY.setLevel(Level.OFF); // It releases its own lock, and cannot stop what has ended
        stop();
    }

    /**
     * A standby, not started yet, that follows this server and answers queries. It begins with a copy of the data, for which
     * this server is stopped and started once.
     */
    public synchronized EmbeddedDatabase standby(Path itsDirectory, int itsPort) throws IOException {
        stop();
        var standby = new EmbeddedDatabase(itsDirectory, itsPort);
        FileTree.copy(data.path(), standby.data.path());
        Files.createFile(standby.data.path().resolve("standby.signal"));
        Files.writeString(
                standby.data.path().resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + port + " user=" + SUPERUSER + "'\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        start();
        return standby;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            stop();
        } finally {
            data.close();
        }
    }
}
