package org.livespan.wal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.livespan.change.Backlog;
import org.livespan.change.Change;
import org.livespan.change.ChangeSession;

/**
 * Fires what the log has, as soon as it can be read ({@link UnseenChanges}).
 *
 * <p>A marker is passed on after all that could be seen when it was sent: whatever could be seen then, a snapshot taken after its
 * arrival shows too.
 */
final class LogSession implements ChangeSession {

    private static final String SNAPSHOT = "select pg_catalog.pg_current_snapshot()::pg_catalog.text";
    private static final String PROBE = """
            select pg_catalog.pg_is_in_recovery(),
                   (select greatest(0, pg_catalog.pg_current_wal_lsn() - confirmed_flush_lsn)::pg_catalog.int8
                      from pg_catalog.pg_replication_slots where slot_name = ?)""";
    /** What cannot be seen yet is looked for again after this, and then after twice as long each time. */
    private static final long FIRST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LAST_LOOK = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String CONNECTION_FAILURE = "08006";

    private final LogConnections connections;
    private final LogReader reader;
    private final Consumer<String> markers;
    private final Consumer<Change> changes;
    private final PreparedStatement snapshot;
    private final PreparedStatement probe;

    private final UnseenChanges unseen;

    private long pause = FIRST_LOOK;

    /**
     * @param reader reads from these connections
     * @param slot its replication slot
     */
    LogSession(
            LogConnections connections,
            LogReader reader,
            String slot,
            Consumer<String> markers,
            Consumer<Change> changes)
            throws SQLException {
        this.connections = connections;
        this.reader = reader;
        this.markers = markers;
        this.changes = changes;
        this.snapshot = connections.queries().prepareStatement(SNAPSHOT);
        this.probe = connections.queries().prepareStatement(PROBE);
        this.probe.setString(1, slot);
        this.unseen = new UnseenChanges(visible());
    }

    @Override
    public void hear(Duration atMost) throws SQLException {
        var heard = new ArrayList<String>();
        try {
            LogReader.Item item = reader.next(unseen.isEmpty() ? atMost.toNanos() : Math.min(pause, atMost.toNanos()));
            for (int taken = 1; item != null; taken++) {
                take(item, heard);
                item = taken < LogReader.MOST ? reader.next(0) : null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        if (!unseen.isEmpty()) {
            fire();
        }
        heard.forEach(markers);
    }

    private void take(LogReader.Item item, List<String> heard) throws SQLException {
        if (item.failure() != null) {
            throw explained(item.failure());
        }
        heard.addAll(item.committed().markers());
        if (!item.committed().changes().isEmpty()) {
            unseen.add(item.committed());
            pause = FIRST_LOOK;
        }
    }

    /** The driver does not pass on what a server says that ends a sender. */
    private SQLException explained(Exception failure) throws SQLException {
        if (failure instanceof SQLException lost && CONNECTION_FAILURE.equals(lost.getSQLState())) {
            visible(); // fails if the server is not there any more
            return new SQLException(
                    "PostgreSQL has ended the process that sent its log; why, it says in its messages",
                    lost.getSQLState());
        }
        return failure instanceof SQLException known ? known : new SQLException("the log could not be read", failure);
    }

    private void fire() throws SQLException {
        Set<Change> seen = unseen.seenBy(visible());
        pause = seen.isEmpty() ? Math.min(2 * pause, LAST_LOOK) : FIRST_LOOK;
        seen.forEach(changes);
    }

    private Visible visible() throws SQLException {
        try (ResultSet row = snapshot.executeQuery()) {
            row.next();
            return Visible.in(row.getString(1));
        }
    }

    @Override
    public Backlog probe() throws SQLException {
        try (ResultSet state = probe.executeQuery()) {
            state.next();
            if (state.getBoolean(1)) {
                throw new SQLException("The server has become a standby, which accepts no writes", "25006");
            }
            return new Backlog(0, state.getLong(2));
        }
    }

    @Override
    public void close() throws SQLException {
        connections.close();
        reader.letGo();
    }
}
