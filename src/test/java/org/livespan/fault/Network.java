package org.livespan.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.livespan.server.Relay;

/**
 * The network between nodes and one database: a TCP proxy that can stop carrying what one side sends, in the listener's
 * sessions or in the pool's, without either side being told.
 */
final class Network implements AutoCloseable {

    private static final String LISTENER = "livespan-listener";

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

    private final Relay relay;

    /** What is cut; guarded by this object's lock. */
    private final Map<Whose, Set<Carried>> cut = new EnumMap<>(Whose.class);

    private Network(int database, int port) throws IOException {
        relay = Relay.to(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), database), port, Relay.BUFFER, Session::new);
    }

    static Network to(int database, int port) throws IOException {
        return new Network(database, port);
    }

    int port() {
        return relay.port();
    }

    /** Stops carrying this, in open sessions and in new ones; closes nothing. */
    synchronized void cut(Whose whose, Carried... carried) {
        cut.put(whose, Set.of(carried));
    }

    /** Carries everything again, including what was sent meanwhile. */
    synchronized void restore() {
        cut.clear();
        notifyAll();
    }

    private synchronized void awaitPassage(Session session, Carried carried) throws InterruptedException {
        while (cut.getOrDefault(session.whose, Set.of()).contains(carried)) {
            wait();
        }
    }

    private final class Session implements Relay.Gate {

        private volatile Whose whose = Whose.POOLS;

        @Override
        public void await(boolean toServer, byte[] bytes, int length) throws InterruptedException {
            if (length == 0) {
                return;
            }
            if (new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(LISTENER)) {
                whose = Whose.LISTENERS;
            }
            awaitPassage(this, toServer ? Carried.QUESTIONS : Carried.ANSWERS);
        }
    }

    @Override
    public void close() throws IOException {
        relay.close();
        restore();
    }
}
