package org.livespan.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.livespan.database.FileTree;

/** A Payara Micro with the WAR, in a process of its own that may be killed. */
final class Node implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int END_LIMIT_SECONDS = 30;

    private final Process process;
    private final Path directory;
    private final int port;

    private Node(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts it; {@link #awaitReady} waits for it.
     *
     * @param settings {@code name=value}
     */
    static Node start(String name, int port, List<String> settings) throws IOException {
        Path directory = Path.of("target", "server", name).toAbsolutePath();
        FileTree.delete(directory);
        Files.createDirectories(directory.resolve("tmp"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + directory.resolve("tmp")));
        settings.stream().map(setting -> "-D" + setting).forEach(command::add);
        command.addAll(List.of("-jar", System.getProperty("payara.microJar")));
        command.addAll(List.of("--deploy", System.getProperty("livespan.test.war"), "--contextRoot", "livespan"));
        command.addAll(List.of("--noCluster", "--port", String.valueOf(port)));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "fault-node-stop"));
        return new Node(process, directory, port);
    }

    Node awaitReady() {
        await("the node is ready").atMost(START_LIMIT).until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("The node did not start, see " + directory.resolve("server.log"));
        }
        return this;
    }

    boolean isReady() throws InterruptedException {
        return status("/health/ready") == 200;
    }

    boolean isAlive() throws InterruptedException {
        return status("/health/live") == 200;
    }

    private int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path)).timeout(ANSWER_LIMIT).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** The lines it logged so far, but for so many first ones, that hold this text. */
    List<String> logged(String text, long skipped) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("server.log"))) {
            return lines.skip(skipped).filter(line -> line.contains(text)).toList();
        }
    }

    /** How many lines it logged so far. */
    long lines() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("server.log"))) {
            return lines.count();
        }
    }

    /** The names of its threads that hold this text. */
    List<String> threads(String text) throws IOException {
        var dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "Thread.print")
                .start();
        try (var lines = dump.inputReader()) {
            return lines.lines()
                    .filter(line -> line.startsWith("\""))
                    .map(line -> line.substring(1, line.indexOf('"', 1)))
                    .filter(name -> name.contains(text))
                    .toList();
        }
    }

    /** Ends it as a failing machine would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
            FileTree.delete(directory.resolve("tmp"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
