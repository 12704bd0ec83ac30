package org.livespan.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/** The cable between clients and a server, which can be cut without either side being told. It holds next to nothing. */
final class Cable implements AutoCloseable {

    private static final int BUFFER = 4096;

    private final Relay relay;

    /** Guarded by this object's lock. */
    private boolean cut;

    private Cable(URI server) throws IOException {
        relay = Relay.to(
                new InetSocketAddress(server.getHost(), server.getPort()),
                0,
                BUFFER,
                () -> (toServer, bytes, length) -> awaitPassage());
    }

    static Cable to(URI server) throws IOException {
        return new Cable(server);
    }

    /** The same address through this cable. */
    URI through(URI address) {
        return URI.create(address.toString().replace(address.getAuthority(), address.getHost() + ":" + relay.port()));
    }

    /** From now on nothing passes, on existing connections either; new ones are not answered. */
    synchronized void cut() {
        cut = true;
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    /** Clients that are still connected lose their connections. */
    @Override
    public void close() throws IOException {
        relay.close();
        synchronized (this) {
            cut = false;
            notifyAll();
        }
    }
}
