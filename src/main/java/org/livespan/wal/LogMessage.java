package org.livespan.wal;

import java.util.List;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A message of the plug-in {@code pgoutput}. Between a {@link Begin} and a {@link Commit} are the changes of one transaction, in
 * their order; transactions come in the order of their commits.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">PostgreSQL, Logical Replication
 *     Message Formats</a>
 */
sealed interface LogMessage {

    /**
     * @param xid the transaction, without its epoch
     */
    record Begin(int xid) implements LogMessage {}

    /** @param end behind the transaction */
    record Commit(LogSequenceNumber end) implements LogMessage {}

    /** What the tables in later messages are. Sent before a table's first change in a session, and after it was altered. */
    record Relation(LoggedTable table) implements LogMessage {}

    record Insert(int table, LoggedRow inserted) implements LogMessage {}

    /**
     * @param before null if the replica identity did not change; otherwise that, or with {@code REPLICA IDENTITY FULL} the whole row
     */
    record Update(int table, LoggedRow before, LoggedRow after) implements LogMessage {}

    /** @param deleted its replica identity, or with {@code REPLICA IDENTITY FULL} the whole row */
    record Delete(int table, LoggedRow deleted) implements LogMessage {}

    record Truncate(List<Integer> tables) implements LogMessage {}

    /** What {@code pg_logical_emit_message} wrote. */
    record Emitted(String prefix, String content) implements LogMessage {}

    /** Of no interest: an origin or a type. */
    record Other() implements LogMessage {}
}
