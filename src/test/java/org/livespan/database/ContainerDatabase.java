package org.livespan.database;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL in the official image, on a Docker engine. Its port on the host is fixed, so that its address stays the same
 * when it is stopped and started.
 */
final class ContainerDatabase extends DatabaseServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 30;

    private final int port = FreePort.forThisProcess();
    private final PostgreSQLContainer container = container(port);
    private boolean stopped;

    private static PostgreSQLContainer container(int port) {
        var container = new PostgreSQLContainer(image())
                .withDatabaseName(MAIN)
                .withUsername(SUPERUSER)
                .withPassword(SUPERUSER)
                .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C.UTF-8")
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "wal_level=logical");
        container.setPortBindings(List.of(port + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        return container;
    }

    /** The image of the major version in {@code livespan.test.postgres} ({@code 18.6.0}), which the embedded database has too. */
    private static String image() {
        var version = System.getProperty("livespan.test.postgres", "18");
        return "postgres:" + version.replaceFirst("\\..*", "");
    }

    @Override
    String kind() {
        return "containerised";
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://" + container.getHost() + ":" + port + "/" + database;
    }

    /** The image's stop signal means a fast shutdown. */
    @Override
    public void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
        stopped = true;
    }

    @Override
    public void start() {
        if (stopped) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            stopped = false;
        } else {
            container.start();
        }
        await().atMost(START_LIMIT).ignoreExceptions().until(this::takesConnections);
    }

    private boolean takesConnections() throws Exception {
        try (var connection = connect()) {
            return connection.isValid(1);
        }
    }

    @Override
    public void close() {
        container.stop();
    }
}
