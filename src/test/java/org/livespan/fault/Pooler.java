package org.livespan.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.tool.Tool;

/** PgBouncer in transaction mode in front of a database; skips the test if it is not installed. */
final class Pooler implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 18_990;

    private final Process process;
    private final int port;

    private Pooler(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Pooler start(EmbeddedDatabase database, String... users) throws IOException {
        Path program = Tool.require("pgbouncer");
        Path directory = Path.of("target", "server", "pgbouncer").toAbsolutePath();
        FileTree.delete(directory);
        Files.createDirectories(directory);
        // It drops root, and reads its files again as another user
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = FreePort.from(FIRST_PORT);
        var list = new StringBuilder();
        for (String user : users) {
            list.append('"').append(user).append("\" \"\"\n");
        }
        Files.writeString(directory.resolve("users.txt"), list);
        Path configuration = directory.resolve("pgbouncer.ini");
        Files.writeString(
                configuration, """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s/users.txt
                pool_mode = transaction
                ignore_startup_parameters = extra_float_digits
                %s
                """.formatted(database.port(), port, directory, isRoot() ? "user = nobody" : ""));
        var process = new ProcessBuilder(program.toString(), configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("pgbouncer.log").toFile()))
                .start();
        var pooler = new Pooler(process, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "pooler-stop"));
        await("PgBouncer takes connections").atMost(PATIENCE).ignoreExceptions().until(pooler::takesConnections);
        return pooler;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private boolean takesConnections() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer did not start, see its log");
        }
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        }
    }

    /** Without prepared statements that outlive a transaction, which versions before 1.21 do not support. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/livespan?prepareThreshold=0";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
