package org.livespan.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay between clients and a server that can be cut without either side being told: after {@link #freeze()} no byte
 * passes, and nothing is closed. It buffers next to nothing.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 4096;

    private final ServerSocket entrance;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Guarded by this object's lock. */
    private boolean frozen;

    private Relay(ServerSocket entrance, InetSocketAddress server) {
        this.entrance = entrance;
        this.server = server;
    }

    static Relay to(URI server) throws IOException {
        var relay = new Relay(
                new ServerSocket(0, 0, InetAddress.getLoopbackAddress()),
                new InetSocketAddress(server.getHost(), server.getPort()));
        relay.start("relay", relay::accept);
        return relay;
    }

    /** The same address through this relay. */
    URI through(URI address) {
        return URI.create(
                address.toString().replace(address.getAuthority(), address.getHost() + ":" + entrance.getLocalPort()));
    }

    /** From now on nothing passes, on existing connections either; new ones are not answered. */
    synchronized void freeze() {
        frozen = true;
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                // Closed by us
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var toServer = new Socket();
        open.add(client);
        open.add(toServer);
        // Before it connects, as TCP would otherwise announce a larger window
        toServer.setReceiveBufferSize(BUFFER);
        toServer.connect(server);
        start("relay-requests", () -> carry(client, toServer));
        start("relay-answers", () -> carry(toServer, client));
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            var buffer = new byte[BUFFER];
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                awaitPassage();
                to.getOutputStream().write(buffer, 0, length);
            }
            awaitPassage();
        } catch (IOException e) {
            // One side has closed the connection, so the other one is closed too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Clients that are still connected lose their connections. */
    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
        synchronized (this) {
            frozen = false;
            notifyAll();
        }
    }
}
