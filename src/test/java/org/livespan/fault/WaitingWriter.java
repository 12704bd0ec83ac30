package org.livespan.fault;

import java.sql.SQLException;

/** A writer that retries until its row is committed. */
final class WaitingWriter implements AutoCloseable {

    private final Thread thread;
    private volatile boolean written;
    private volatile boolean closed;

    private WaitingWriter(Installation livespan, String moment) {
        thread = new Thread(() -> write(livespan, moment), "waiting-writer");
    }

    static WaitingWriter start(Installation livespan, String moment) {
        var writer = new WaitingWriter(livespan, moment);
        writer.thread.start();
        return writer;
    }

    private void write(Installation livespan, String moment) {
        while (!written && !closed) {
            try {
                livespan.readings().insert(moment);
                written = true;
            } catch (SQLException e) {
                Thread.yield(); // The database is not back yet
            }
        }
    }

    boolean hasWritten() {
        return written;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
