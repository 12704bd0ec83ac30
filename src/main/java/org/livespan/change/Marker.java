package org.livespan.change;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a node sends to itself, once: when the listener hears it, it has heard everything that was committed before it was sent. It has its connection before it is sent, and gives it back when it was.
 *
 * @see ListenBarrier
 */
public class Marker implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Marker.class.getName());
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final String text = UUID.randomUUID().toString();
    private final ListenBarrier barrier;
    private final Connection connection;

    /** Whether the connection belongs to the thread that sends, or has been given back. */
    private final AtomicBoolean taken = new AtomicBoolean();

    private final CompletableFuture<Void> heard = new CompletableFuture<>();

    Marker(ListenBarrier barrier, Connection connection) {
        this.barrier = barrier;
        this.connection = connection;
        barrier.expect(text, heard);
    }

    String text() {
        return text;
    }

    /** Sends it, unless that was done or it was closed. If this fails, {@link #await} says why. */
    public void send() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        try {
            notifyListener();
        } catch (SQLException | RuntimeException | Error e) {
            heard.completeExceptionally(e);
        } finally {
            giveBack();
        }
    }

    private void notifyListener() throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement(barrier.statement())) {
            notify.setQueryTimeout((int) AT_MOST.toSeconds());
            notify.setString(1, barrier.channel());
            notify.setString(2, text);
            notify.execute();
        }
    }

    /**
     * Returns when it was heard.
     *
     * @throws ListenerLostException if it could not be sent, does not arrive within five seconds, or the listener is lost
     */
    public void await() {
        try {
            hear();
        } catch (SQLException | TimeoutException e) {
            throw new ListenerLostException("the listener did not hear a marker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListenerLostException("interrupted", e);
        }
    }

    /**
     * Returns when it was heard.
     *
     * @throws SQLException if it could not be sent, or the listener is lost
     * @throws TimeoutException if it was sent and does not arrive within five seconds
     */
    void hear() throws SQLException, TimeoutException, InterruptedException {
        try {
            heard.get(AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
        }
    }

    /** It is no longer needed. */
    @Override
    public void close() {
        barrier.forget(text);
        if (taken.compareAndSet(false, true)) {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(DEBUG, "The connection of a marker was not given back in order: {0}", e);
        }
    }
}
