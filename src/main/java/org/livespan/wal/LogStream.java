package org.livespan.wal;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.copy.CopyDual;

/**
 * The messages of the plug-in, out of the frames of the streaming replication protocol. Everything received is confirmed: if the
 * session is lost, every window is read again, so nobody needs the log before.
 *
 * <p>Not the driver's {@code PGReplicationStream}: that wakes up by a time-out of its socket, which its versions since 42.7.11 take
 * for a lost connection, and answers a server that wants to shut down only then.
 *
 * <p>Owned by the thread that reads the log.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-replication.html">PostgreSQL, Streaming Replication Protocol</a>
 * @see <a href="https://github.com/pgjdbc/pgjdbc/issues/4328">pgjdbc, issue 4328</a>
 */
final class LogStream {

    /** While messages keep coming. When there is nothing to send, the server says so, and is answered at once. */
    private static final Duration BETWEEN_CONFIRMATIONS = Duration.ofSeconds(1);

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int CONFIRMATION_BYTES = 1 + 4 * Long.BYTES + 1;

    private final CopyDual copy;
    private long received;
    private long confirmed = System.nanoTime();

    LogStream(CopyDual copy) {
        this.copy = copy;
    }

    /**
     * Waits for the next message.
     *
     * @return null once the server has ended the stream
     * @throws SQLException if the session is lost or was closed
     */
    ByteBuffer next() throws SQLException {
        for (byte[] bytes = copy.readFromCopy(true); bytes != null; bytes = copy.readFromCopy(true)) {
            var frame = ByteBuffer.wrap(bytes);
            char kind = (char) frame.get();
            if (kind == 'k') {
                received = Math.max(received, frame.getLong());
                confirm();
            } else if (kind == 'w') {
                frame.getLong(); // where the message begins
                received = Math.max(received, frame.getLong());
                frame.getLong(); // the server's clock
                if (System.nanoTime() - confirmed > BETWEEN_CONFIRMATIONS.toNanos()) {
                    confirm();
                }
                return frame.slice();
            } else {
                throw new UnreadableLogException("a frame of the unknown kind '" + kind + "'");
            }
        }
        return null;
    }

    /** As written, flushed and applied. */
    private void confirm() throws SQLException {
        confirmed = System.nanoTime();
        byte[] status = ByteBuffer.allocate(CONFIRMATION_BYTES)
                .put((byte) 'r')
                .putLong(received)
                .putLong(received)
                .putLong(received)
                .putLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, Instant.now()))
                .put((byte) 0) // no answer is wanted
                .array();
        copy.writeToCopy(status, 0, status.length);
        copy.flushCopy();
    }
}
