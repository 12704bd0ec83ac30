package org.livespan.database;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;

/**
 * The engine that containers would run on, if there is one. It is asked on a thread of its own and for a limited time,
 * because the question hangs on a socket that accepts connections and never answers.
 */
final class DockerEngine {

    private static final int LIMIT_SECONDS = 10;
    private static final Logger LIBRARY = Logger.getLogger("org.testcontainers");
    /** Kept, because a logger's level is lost with the logger. What they log also comes as an exception. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("tc"), Logger.getLogger("com.github.dockerjava"));

    private DockerEngine() {}

    /** Why there is none, as the rest of a sentence; empty if one answers. */
    static Optional<String> missing() throws InterruptedException {
        LIBRARY.setLevel(Level.OFF);
        TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
        var answer = new CompletableFuture<Boolean>();
        var question = new Thread(() -> ask(answer), "docker-engine-probe");
        question.setDaemon(true);
        question.start();
        try {
            return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    ? Optional.empty()
                    : Optional.of("no Docker engine answered");
        } catch (TimeoutException e) {
            return Optional.of("no Docker engine answered within " + LIMIT_SECONDS + " s");
        } catch (ExecutionException e) {
            return Optional.of("the Docker engine is of no use: " + e.getCause().getMessage());
        } finally {
            LIBRARY.setLevel(Level.WARNING);
        }
    }

    private static void ask(CompletableFuture<Boolean> answer) {
        try {
            answer.complete(DockerClientFactory.instance().isDockerAvailable());
        } catch (Exception | LinkageError e) {
            answer.completeExceptionally(e);
        }
    }
}
