package org.livespan.payara;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

/** A Payara Micro that is told when to deploy the WAR and when to undeploy it. */
public final class Redeployment implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServerProcess server;
    private int told;

    Redeployment(ServerProcess server) {
        this.server = server;
    }

    public ServerProcess server() {
        return server;
    }

    /** Returns when it is deployed and answers. */
    public void deploy() throws IOException {
        tell(Deployer.DEPLOY);
        server.awaitAnswer();
    }

    /** Returns when the server says that it is gone. */
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

    @Override
    public void close() {
        server.close();
    }
}
