package org.livespan.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The clients that are not reading at the moment, and the memory used for them. Used by one thread.
 *
 * <p>A client counts after a second without progress, because networks stall, and a server is faster than any client.
 */
final class Unread {

    private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTIONS = 8;

    private final List<Client> clients = new ArrayList<>();

    private record Client(String connection, long nanos, long bytes, Runnable drop) {}

    /** @param drop drops the client */
    void look(ServletEventSink sink, Runnable drop) {
        add(sink.connection(), sink.nanosUnread(), sink.bytesKept(), drop);
    }

    void add(String connection, long nanos, long bytes, Runnable drop) {
        if (nanos >= MOMENT) {
            clients.add(new Client(connection, nanos, bytes, drop));
        }
    }

    /** Drops clients, the longest idle first, while there is too little room. */
    void dropWhile(BooleanSupplier tooLittleRoom) {
        Iterator<Client> next = longestIdleFirst().iterator();
        while (next.hasNext() && tooLittleRoom.getAsBoolean()) {
            next.next().drop.run();
        }
    }

    /**
     * Drops clients, the longest idle first, until no more than that is used.
     *
     * @param most in bytes, for all of them; for those on one connection, an eighth of it
     */
    void dropExcess(long most) {
        long all = 0;
        var ofConnection = new HashMap<String, Long>();
        for (Client client : clients) {
            all += client.bytes;
            ofConnection.merge(client.connection, client.bytes, Long::sum);
        }
        for (Client client : longestIdleFirst()) {
            if (all > most || ofConnection.get(client.connection) > most / CONNECTIONS) {
                client.drop.run();
                all -= client.bytes;
                ofConnection.merge(client.connection, -client.bytes, Long::sum);
            }
        }
    }

    private List<Client> longestIdleFirst() {
        return clients.stream()
                .sorted(Comparator.comparingLong(Client::nanos).reversed())
                .toList();
    }
}
