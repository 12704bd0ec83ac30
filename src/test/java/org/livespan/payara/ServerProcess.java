package org.livespan.payara;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.livespan.database.FileTree;

/** A server in a JVM of its own, from its start to its end. */
public final class ServerProcess implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int END_LIMIT_SECONDS = 30;
    private static final int TAIL_LINES = 30;

    private final Process process;
    private final int port;
    private final Path log;
    private final Path scratch;

    private ServerProcess(Process process, int port, Path log, Path scratch) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.scratch = scratch;
    }

    /**
     * Its temporary files go into the directory, and with it; its log stays.
     *
     * @param options for {@code java}
     */
    static ServerProcess start(Path directory, int port, List<String> options) throws IOException {
        Path home = Files.createDirectories(directory.toAbsolutePath());
        Path scratch = Files.createTempDirectory(home, "server-");
        Path log = home.resolve("server.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(options);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, port, log, scratch);
    }

    /** Has it killed when this JVM ends. */
    public ServerProcess endingWithThisJvm() {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "server-stop"));
        return this;
    }

    /** @param path without a slash at its start */
    public URI at(String path) {
        return URI.create("http://localhost:" + port + "/" + path);
    }

    /** Where the feeds are, with a slash at its end. */
    public URI api() {
        return at("livespan/api/");
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** To be closed by the caller. */
    public ServerJvm jvm() throws IOException {
        return ServerJvm.of(pid());
    }

    /** @throws IllegalStateException with the last lines of its log, if it ends or does not answer in time */
    public void awaitAnswer() throws IOException {
        try {
            await().atMost(START_LIMIT).until(() -> hasEnded() || answers(api().resolve("feeds")));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("The server did not answer in time. " + tail(), e);
        }
        if (hasEnded()) {
            throw new IllegalStateException("The server ended before it answered. " + tail());
        }
    }

    /** Whether a GET is answered with 200. */
    private static boolean answers(URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String tail() throws IOException {
        var lines = Files.readAllLines(log);
        return "The last lines of " + log + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** Everything it said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Has it do what is said on its standard input. */
    void tell(String line) throws IOException {
        var input = process.outputWriter();
        input.write(line);
        input.newLine();
        input.flush();
    }

    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** Returns when it has ended, for whatever reason. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** @return whether it has ended by then */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to end, as an operator would ({@code SIGTERM}), and returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it as a failing machine would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            FileTree.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary files of a stopped server stay in " + scratch, e);
        }
    }
}
