package org.livespan.appserver;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** A server that deploys what is put into one of its directories, and undeploys what is removed from it. */
record DroppedRedeployment(ServerProcess server, Path war, Path deployed) implements Redeployment {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** @param watched already holds the WAR */
    static DroppedRedeployment start(ServerSetup setup, Path watched) throws IOException {
        Path deployed = watched.resolve(ServerSetup.WAR);
        Files.delete(deployed);
        return new DroppedRedeployment(setup.launch(), setup.war(), deployed);
    }

    /** Moves the WAR there in one step, so that the server never sees half of it. */
    @Override
    public void deploy() throws IOException {
        Path copy = Files.copy(war, server.setup().directory().resolve(ServerSetup.WAR));
        Files.move(copy, deployed, StandardCopyOption.ATOMIC_MOVE);
        server.awaitAnswer();
    }

    @Override
    public void undeploy() throws IOException {
        Files.delete(deployed);
        await("undeployed").atMost(PATIENCE).until(() -> !server.answers());
    }
}
