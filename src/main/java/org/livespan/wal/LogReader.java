package org.livespan.wal;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads the log, on a thread of its own, which blocks while nothing comes. */
final class LogReader implements Runnable {

    /** While so many wait to be fired, the log is not read on, and PostgreSQL keeps it. */
    static final int MOST = 256;

    /** What was read last: a transaction, or why no more comes. */
    record Item(Committed committed, Exception failure) {}

    private final LogStream stream;
    private final LogTransaction transaction;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(MOST);

    LogReader(LogStream stream, LogTransaction transaction) {
        this.stream = stream;
        this.transaction = transaction;
    }

    /** Ends when the session is lost or closed. */
    @Override
    public void run() {
        try {
            read();
        } catch (SQLException | RuntimeException e) {
            end(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(e);
        }
    }

    private void read() throws SQLException, InterruptedException {
        for (ByteBuffer message = stream.next(); message != null; message = stream.next()) {
            var committed = transaction.take(LogDecoder.decode(message));
            if (committed.isPresent() && !committed.get().isEmpty()) {
                items.put(new Item(committed.get(), null));
            }
        }
        end(new SQLException("the server has ended the replication", "08006"));
    }

    /** Everything that was read before is of no use any more. */
    private void end(Exception failure) {
        items.clear();
        items.offer(new Item(null, failure));
    }

    /** The session is closed: who waits for an item learns that, and the reader, if it waits for room, goes on and finds it out. */
    void letGo() {
        end(new SQLException("the session was closed", "08003"));
    }

    /** The next item; null if none comes in time. */
    Item next(long nanos) throws InterruptedException {
        return items.poll(nanos, TimeUnit.NANOSECONDS);
    }
}
