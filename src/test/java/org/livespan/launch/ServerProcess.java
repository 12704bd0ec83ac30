package org.livespan.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.livespan.database.FileTree;
import org.livespan.database.TestDatabase;

/** Payara Micro with the WAR as a child process, from its start to its end. */
final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "payara-micro.jar");
    private static final Path WAR = Path.of("target", "livespan.war");
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int END_LIMIT_SECONDS = 20;
    private static final int TAIL_LINES = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final Path scratch;

    private ServerProcess(Process process, Path log, Path scratch) {
        this.process = process;
        this.log = log;
        this.scratch = scratch;
    }

    /** Its temporary files go beside its log, and with it. */
    static ServerProcess start(TestDatabase database, int port, Path log) throws IOException {
        var scratch = Files.createTempDirectory(log.toAbsolutePath().getParent(), "server-");
        var process = new ProcessBuilder(command(database, port, scratch))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, log, scratch);
    }

    private static List<String> command(TestDatabase database, int port, Path scratch) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + scratch,
                "-Dlivespan.db.url=" + database.url(),
                "-Dlivespan.db.user=" + database.user(),
                "-Dlivespan.db.password=" + database.password(),
                "-Dlivespan.demo=true",
                "-jar",
                JAR.toString(),
                "--deploy",
                WAR.toString(),
                "--contextRoot",
                "livespan",
                "--noCluster",
                "--port",
                String.valueOf(port));
    }

    /** Whether a GET is answered with 200. */
    boolean answers(URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Returns when it has ended, for whatever reason. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** The last it said. */
    String tail() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            FileTree.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary files of the server stay in " + scratch, e);
        }
    }
}
