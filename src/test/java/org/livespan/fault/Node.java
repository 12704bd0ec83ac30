package org.livespan.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.livespan.appserver.Product;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;

/** A Payara Micro with the WAR, alone or one of several, whose health is watched and which may be killed. */
record Node(ServerProcess server) implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    /**
     * Starts it; {@link #awaitReady} waits for it.
     *
     * @param settings {@code name=value}
     */
    static Node start(String name, List<String> settings) throws IOException {
        return new Node(TestServer.prepare(Product.PAYARA_MICRO, name)
                .settings(settings.toArray(String[]::new))
                .start()
                .endingWithThisJvm());
    }

    Node awaitReady() throws IOException {
        server.awaitReady();
        return this;
    }

    boolean isReady() throws InterruptedException {
        return ServerProcess.answers(server.health("ready"));
    }

    boolean isAlive() throws InterruptedException {
        return ServerProcess.answers(server.health("live"));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(path)).timeout(ANSWER_LIMIT).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    URI at(String path) {
        return server.at("").resolve(path);
    }

    long pid() {
        return server.pid();
    }

    /** The lines with this text in its log, after skipping this many lines. */
    List<String> logged(String text, long skipped) throws IOException {
        return server.log()
                .lines()
                .skip(skipped)
                .filter(line -> line.contains(text))
                .toList();
    }

    /** The number of lines in its log. */
    long lines() throws IOException {
        return server.log().lines().count();
    }

    /** The names of its threads that contain this text. */
    List<String> threads(String text) throws IOException {
        try (var inside = server.jvm()) {
            return inside.threads().stream().filter(name -> name.contains(text)).toList();
        }
    }

    /** Ends it as a failing machine would. */
    void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }
}
