package org.livespan.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Carries TCP connections to a server. A {@link Gate} can hold back what is sent, without either side being told. */
public final class Relay implements AutoCloseable {

    /** A usual buffer, in bytes. */
    public static final int BUFFER = 16 * 1024;

    private static final int BACKLOG = 50;

    private final ServerSocket entrance;
    private final InetSocketAddress server;
    private final int buffer;
    private final Supplier<Gate> gates;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Of one connection; called by one thread for each direction. */
    public interface Gate {

        /**
         * Returns when these bytes may pass.
         *
         * @param toServer whether a client has sent them
         * @param length how many of the bytes; 0 at the end of what that side sends
         */
        void await(boolean toServer, byte[] bytes, int length) throws InterruptedException;
    }

    private Relay(ServerSocket entrance, InetSocketAddress server, int buffer, Supplier<Gate> gates) {
        this.entrance = entrance;
        this.server = server;
        this.buffer = buffer;
        this.gates = gates;
    }

    /**
     * @param port where clients connect; 0 for any
     * @param buffer how many bytes are read at once; if that is less than {@link #BUFFER}, few are on their way to a client
     *     that does not read
     * @param gates makes the gate of each connection
     */
    public static Relay to(InetSocketAddress server, int port, int buffer, Supplier<Gate> gates) throws IOException {
        var relay = new Relay(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), server, buffer, gates);
        start("relay", relay::accept);
        return relay;
    }

    public int port() {
        return entrance.getLocalPort();
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
        try {
            if (buffer < BUFFER) {
                // Before it connects, as TCP would otherwise announce a larger window
                toServer.setReceiveBufferSize(buffer);
            }
            toServer.connect(server);
            client.setTcpNoDelay(true);
            toServer.setTcpNoDelay(true);
        } catch (IOException e) {
            client.close();
            toServer.close();
            return;
        }
        open.add(client);
        open.add(toServer);
        Gate gate = gates.get();
        start("relay-to-server", () -> carry(client, toServer, gate, true));
        start("relay-to-client", () -> carry(toServer, client, gate, false));
    }

    private void carry(Socket from, Socket to, Gate gate, boolean toServer) {
        try (from;
                to) {
            var bytes = new byte[buffer];
            for (int length = from.getInputStream().read(bytes);
                    length >= 0;
                    length = from.getInputStream().read(bytes)) {
                gate.await(toServer, bytes, length);
                to.getOutputStream().write(bytes, 0, length);
            }
            gate.await(toServer, bytes, 0);
        } catch (IOException e) {
            // One side has closed the connection, so the other one is closed too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(String name, Runnable work) {
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
    }
}
