package org.livespan.appserver;

import java.io.IOException;

/** A server that is told when to deploy the WAR and when to undeploy it. */
public interface Redeployment extends AutoCloseable {

    ServerProcess server();

    /** Returns when it is deployed and answers. */
    void deploy() throws IOException;

    /** Returns when it is gone. */
    void undeploy() throws IOException;

    @Override
    default void close() {
        server().close();
    }
}
