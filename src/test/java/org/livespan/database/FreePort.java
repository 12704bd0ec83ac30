package org.livespan.database;

import java.io.IOException;
import java.net.ServerSocket;

/** A TCP port that nobody listens on. */
public final class FreePort {

    private static final int TRIES = 1000;

    private FreePort() {}

    /** The given port, or the next one above it that is free. */
    public static int from(int first) {
        for (var port = first; port < first + TRIES; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + first + " to " + (first + TRIES - 1));
    }

    /**
     * A free port for this JVM's own server, below the ports that systems give to outgoing connections (32768 and up on
     * Linux). Otherwise, while the server is stopped, a client that keeps connecting to its port could be given that very
     * port, connect to itself, and keep the server from starting again.
     */
    static int forThisProcess() {
        return from(20_000 + (int) (ProcessHandle.current().pid() % 10_000));
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
