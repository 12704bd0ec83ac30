package org.livespan.appserver;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

/** A Payara Micro that takes commands from its standard input: see {@link Deployer}. */
final class SteeredRedeployment implements Redeployment {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServerProcess server;
    private int told;

    SteeredRedeployment(ServerProcess server) {
        this.server = server;
    }

    @Override
    public ServerProcess server() {
        return server;
    }

    @Override
    public void deploy() throws IOException {
        tell(Deployer.DEPLOY);
        server.awaitAnswer();
    }

    @Override
    public void undeploy() throws IOException {
        tell(Deployer.UNDEPLOY);
    }

    private void tell(String what) throws IOException {
        server.tell(what);
        told++;
        await(what)
                .atMost(PATIENCE)
                .until(() -> server.hasEnded() || server.log().contains(Deployer.DONE + told + "\n"));
        if (server.hasEnded()) {
            throw new IllegalStateException("The server has ended, see its log");
        }
    }
}
