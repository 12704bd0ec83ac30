package org.livespan.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** A Payara Micro with the WAR in a process of its own, set up as the tests of the contract need it. */
final class PayaraMicro implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int END_LIMIT_SECONDS = 30;
    private static final int FIRST_PORT = 18_080;

    private final Process process;
    private final Path directory;
    private final URI api;

    private PayaraMicro(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.api = URI.create("http://localhost:" + port + "/livespan/api/");
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param name tells its directory from those of other servers
     * @param options {@code name=value}, the system properties it is to have besides the database
     */
    static PayaraMicro start(String name, TestDatabase database, String... options) throws IOException {
        Path directory = Path.of("target", "server", name).toAbsolutePath();
        FileTree.delete(directory);
        Files.createDirectories(directory.resolve("tmp"));
        int port = FreePort.from(FIRST_PORT);
        var process = new ProcessBuilder(command(database, port, directory, options))
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile())
                .start();
        var server = new PayaraMicro(process, directory, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "test-server-stop"));
        server.awaitAnswer();
        return server;
    }

    private static List<String> command(TestDatabase database, int port, Path directory, String... options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("-Dlivespan.db.url=" + database.url());
        command.add("-Dlivespan.db.user=" + database.user());
        command.add("-Dlivespan.db.password=" + database.password());
        Stream.of(options).map(option -> "-D" + option).forEach(command::add);
        command.addAll(List.of("-jar", System.getProperty("payara.microJar")));
        command.addAll(List.of("--deploy", System.getProperty("livespan.test.war"), "--contextRoot", "livespan"));
        command.addAll(List.of("--noCluster", "--port", String.valueOf(port)));
        return command;
    }

    private void awaitAnswer() {
        await().atMost(START_LIMIT).until(() -> !process.isAlive() || answers());
        if (!process.isAlive()) {
            throw new IllegalStateException("The server did not start, see " + log(directory));
        }
    }

    private boolean answers() throws InterruptedException {
        var request = HttpRequest.newBuilder(api.resolve("feeds"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return Http.CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the feeds are, with a slash at its end. */
    URI api() {
        return api;
    }

    /** Everything it said so far. */
    String log() throws IOException {
        return Files.readString(log(directory));
    }

    private static Path log(Path directory) {
        return directory.resolve("server.log");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            FileTree.delete(directory.resolve("tmp"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary files of a stopped server stay in " + directory, e);
        }
    }
}
