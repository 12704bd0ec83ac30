package org.livespan.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between nodes and one database: a TCP proxy that can stop carrying what one side sends, in the listener's
 * sessions or in the pool's, without either side being told.
 */
final class Network implements AutoCloseable {

    private static final String LISTENER = "livespan-listener";
    private static final int BUFFER = 16 * 1024;

    /** Whose sessions. */
    enum Whose {
        LISTENERS,
        POOLS
    }

    /** What is carried. */
    enum Carried {
        QUESTIONS,
        ANSWERS
    }

    private final ServerSocket entrance;
    private final int database;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is cut; guarded by this object's lock. */
    private final Map<Whose, Set<Carried>> cut = new EnumMap<>(Whose.class);

    private Network(ServerSocket entrance, int database) {
        this.entrance = entrance;
        this.database = database;
    }

    static Network to(int database, int port) throws IOException {
        var network = new Network(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), database);
        network.start("network", network::accept);
        return network;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Stops carrying this, in open sessions and in new ones; closes nothing. */
    synchronized void cut(Whose whose, Carried... carried) {
        cut.put(whose, Set.of(carried));
    }

    /** Carries everything again, including what was sent meanwhile. */
    synchronized void mend() {
        cut.clear();
        notifyAll();
    }

    private synchronized void awaitPassage(Session session, Carried carried) throws InterruptedException {
        while (cut.getOrDefault(session.whose, Set.of()).contains(carried)) {
            wait();
        }
    }

    private final class Session {
        private final Socket node;
        private final Socket server;
        private volatile Whose whose = Whose.POOLS;

        Session(Socket node, Socket server) {
            this.node = node;
            this.server = server;
        }

        void start() {
            Network.this.start("network-questions", () -> carry(node, server, Carried.QUESTIONS));
            Network.this.start("network-answers", () -> carry(server, node, Carried.ANSWERS));
        }

        private void carry(Socket from, Socket to, Carried carried) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                var buffer = new byte[BUFFER];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(LISTENER)) {
                        whose = Whose.LISTENERS;
                    }
                    awaitPassage(this, carried);
                    out.write(buffer, 0, length);
                }
            } catch (IOException e) {
                // One side has closed it, which closes it for the other
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.removeAll(Arrays.asList(node, server));
            }
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

    private void connect(Socket node) throws IOException {
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), database);
            node.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.addAll(Arrays.asList(node, server));
            new Session(node, server).start();
        } catch (IOException e) {
            node.close();
        }
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
        mend();
    }
}
