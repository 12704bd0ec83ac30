package org.livespan.appserver;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

/**
 * An Open Liberty whose application is started and stopped, by the bean that Liberty has for each. The WAR is not removed,
 * because Liberty loads classes from it until the application has stopped.
 */
record StartedRedeployment(ServerProcess server) implements Redeployment {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String APPLICATION =
            "WebSphere:service=com.ibm.websphere.application.ApplicationMBean,name=livespan";

    /** Starts it with the application, then stops the application. */
    static StartedRedeployment start(ServerSetup setup) throws IOException {
        var started = new StartedRedeployment(setup.launch().endingWithThisJvm());
        started.server.awaitAnswer();
        started.undeploy();
        return started;
    }

    @Override
    public void deploy() throws IOException {
        tell("start");
        server.awaitAnswer();
    }

    @Override
    public void undeploy() throws IOException {
        tell("stop");
        await("undeployed").atMost(PATIENCE).until(() -> !server.answers());
    }

    private void tell(String operation) throws IOException {
        try (var jvm = server.jvm()) {
            jvm.invoke(APPLICATION, operation);
        }
    }
}
