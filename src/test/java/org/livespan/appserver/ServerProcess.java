package org.livespan.appserver;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A running server, from its start to its end. The process is its JVM, or a script that waits for its JVM. */
public final class ServerProcess implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int END_LIMIT_SECONDS = 30;

    private final Process process;
    private final ServerSetup setup;
    private final ServerLog log;

    private ServerProcess(Process process, ServerSetup setup, ServerLog log) {
        this.process = process;
        this.setup = setup;
        this.log = log;
    }

    static ServerProcess start(ServerSetup setup, Launch launch) throws IOException {
        var log = new ServerLog(setup.directory().resolve("server.log"));
        return new ServerProcess(launch.start(log.file(), setup.settings()), setup, log);
    }

    /** Kills it when this JVM ends. */
    public ServerProcess endingWithThisJvm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAtOnce, "server-stop"));
        return this;
    }

    /** @param path without a leading slash */
    public URI at(String path) {
        return at(setup.port(), path);
    }

    /** Where Livespan and its page are, with a trailing slash. */
    public URI context() {
        return at(setup.contextPath() + "/");
    }

    /** Where the feeds are, with a trailing slash. */
    public URI api() {
        return context().resolve("api/");
    }

    /** The address of a MicroProfile Health check, {@code ready} or {@code live}. */
    public URI health(String kind) {
        return at(setup.healthPort(), "health/" + kind);
    }

    private static URI at(int port, String path) {
        return URI.create("http://localhost:" + port + "/" + path);
    }

    public int port() {
        return setup.port();
    }

    public ServerSetup setup() {
        return setup;
    }

    public long pid() {
        return javaProcess().pid();
    }

    /** How much of the machine's memory it uses, in bytes. */
    public long residentBytes() throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid())).start();
        try (var lines = ps.inputReader()) {
            return 1024 * Long.parseLong(lines.readLine().trim());
        }
    }

    /** The process or the last Java process below it: the server's JVM may be started by a script or by another JVM. */
    private ProcessHandle javaProcess() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(one -> isJava(one) && one.children().noneMatch(ServerProcess::isJava))
                .findFirst()
                .orElseGet(process::toHandle);
    }

    private static boolean isJava(ProcessHandle handle) {
        return handle.info()
                .command()
                .filter(command -> Path.of(command).endsWith("java"))
                .isPresent();
    }

    /** To be closed by the caller. */
    public ServerJvm jvm() throws IOException {
        return ServerJvm.of(pid());
    }

    /** @throws IllegalStateException with what is known of it, if it ends or does not answer in time */
    public void awaitAnswer() throws IOException {
        await(this::answers);
    }

    /** @throws IllegalStateException with what is known of it, if it ends or is not ready in time */
    public void awaitReady() throws IOException {
        await(() -> answers(health("ready")));
    }

    private void await(Callable<Boolean> condition) throws IOException {
        try {
            Awaitility.await().atMost(START_LIMIT).until(() -> hasEnded() || condition.call());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("The server was not ready in time. " + state() + log.tail(), e);
        }
        if (hasEnded()) {
            throw new IllegalStateException("The server ended before it answered. " + log.tail());
        }
    }

    private String state() {
        return "It is doing this:\n" + answer(this::stacks) + "\nIt says: " + answer(this::readiness) + "\n";
    }

    private String stacks() throws IOException {
        try (ServerJvm jvm = jvm()) {
            return jvm.stacks();
        }
    }

    private String readiness() throws IOException, InterruptedException {
        return get(health("ready"), BodyHandlers.ofString()).body();
    }

    /** The answer, or why there is none. */
    private static String answer(Callable<String> question) {
        try {
            return question.call();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Whether the application answers, if only that it wants a token. */
    public boolean answers() throws InterruptedException {
        return answers(api().resolve("feeds"), Set.of(HTTP_OK, HTTP_UNAUTHORIZED));
    }

    /** Whether a GET is answered with 200. */
    public static boolean answers(URI address) throws InterruptedException {
        return answers(address, Set.of(HTTP_OK));
    }

    private static boolean answers(URI address, Set<Integer> statuses) throws InterruptedException {
        try {
            return statuses.contains(get(address, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return false;
        }
    }

    private static <T> HttpResponse<T> get(URI address, BodyHandler<T> body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        return CLIENT.send(request, body);
    }

    /** Everything it has logged so far. */
    public String log() throws IOException {
        return log.text();
    }

    /**
     * The lines of its log that report trouble: those of the level of a warning or above, and those of stack traces.
     *
     * @param from how many characters of the log to skip
     */
    public List<String> troubles(int from) throws IOException {
        var trouble = Pattern.compile(setup.warning() + "|^\\s+at ");
        return log().substring(from).lines().filter(trouble.asPredicate()).toList();
    }

    /** Writes a line to its standard input. */
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

    /** The code that it ended with. */
    int exitCode() {
        return process.exitValue();
    }

    /** @return whether it has ended by then */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to stop, as an operator would ({@code SIGTERM}), and returns at once. */
    public void terminate() {
        javaProcess().destroy();
    }

    /** Kills it, as a failing machine would. */
    public void kill() {
        killAtOnce();
        process.onExit().join();
    }

    private void killAtOnce() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Asks it to stop, and kills it if it does not. */
    @Override
    public void close() {
        terminate();
        try {
            if (!awaitEnd(Duration.ofSeconds(END_LIMIT_SECONDS))) {
                kill();
            }
        } catch (InterruptedException e) {
            killAtOnce();
            Thread.currentThread().interrupt();
        }
        try {
            setup.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a stopped server stay in " + setup.directory(), e);
        }
    }
}
