package org.livespan.change;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.livespan.db.ConnectionPool;

/**
 * Waits until the listener has heard everything that was committed.
 *
 * <p>It sends a marker to itself and waits until it is heard, which is after everything that was committed before; see
 * {@link ChangeSource}.
 */
@ApplicationScoped
public class ListenBarrier {

    private static final Logger LOG = System.getLogger(ListenBarrier.class.getName());

    private final String channel = "livespan_" + UUID.randomUUID();
    final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    private volatile String statement = "";

    @Inject
    ListenerStatus status;

    @Inject
    ConnectionPool pool;

    /** Whether the listener is connected; if not, everything is read again after it has reconnected. */
    public boolean isListening() {
        return status.connectivity().up();
    }

    /** Since when the listener has been disconnected; empty while it is connected. */
    public Optional<Instant> lostSince() {
        Connectivity now = status.connectivity();
        return now.up() ? Optional.empty() : Optional.of(now.since());
    }

    /** The earliest time at which a change that is noticed now may have been committed. */
    public Instant lostSinceOrNow() {
        return lostSince().orElseGet(Instant::now);
    }

    /**
     * Returns when every change that was committed before this call has been fired as a {@link Change}.
     *
     * @throws ListenerLostException if the listener is not connected, or the marker cannot be sent or does not arrive in time
     */
    public void await() {
        try (Marker marker = marker()) {
            marker.send();
            marker.await();
        }
    }

    /**
     * A marker to be sent later.
     *
     * @throws ListenerLostException if the listener is not connected, or the pool gives no connection
     */
    public Marker marker() {
        try {
            if (isListening()) {
                Marker marker = open();
                // If the listener is lost after this, lost() tells the marker
                if (isListening()) {
                    return marker;
                }
                marker.close();
            }
        } catch (SQLException e) {
            throw new ListenerLostException("a marker cannot be sent", e);
        }
        throw new ListenerLostException("nobody listens", null);
    }

    private Marker open() throws SQLException {
        return new Marker(this, pool.connection());
    }

    /**
     * Proves that notifications arrive: sends a marker and waits for it. Called for the listener itself, so it does not ask
     * whether that is connected.
     *
     * @return false if a marker was sent and did not arrive; true if it arrived, or if none could be sent, which says nothing
     *     about the listener
     */
    boolean echoes() {
        try (Marker marker = open()) {
            marker.send();
            marker.hear();
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (SQLException e) {
            LOG.log(DEBUG, "The marker that checks the listener could not be sent: {0}", e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** By this statement markers are sent; see {@link ChangeSource#markerStatement}. */
    void sendBy(String sql) {
        statement = sql;
    }

    String statement() {
        return statement;
    }

    void expect(String marker, CompletableFuture<Void> heard) {
        awaited.put(marker, heard);
    }

    void forget(String marker) {
        awaited.remove(marker);
    }

    /** The channel of the markers, to which the listener listens too. */
    String channel() {
        return channel;
    }

    /** The session is lost: no marker will arrive. */
    void lost() {
        awaited.values().forEach(heard -> heard.completeExceptionally(new SQLException("the session was lost")));
    }

    /** It has arrived; if it is none of this node's that is waited for, nothing happens. */
    void heard(String marker) {
        CompletableFuture<Void> heard = awaited.get(marker);
        if (heard != null) {
            heard.complete(null);
        }
    }
}
