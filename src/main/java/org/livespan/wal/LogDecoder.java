package org.livespan.wal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.livespan.wal.LogMessage.Begin;
import org.livespan.wal.LogMessage.Commit;
import org.livespan.wal.LogMessage.Delete;
import org.livespan.wal.LogMessage.Emitted;
import org.livespan.wal.LogMessage.Insert;
import org.livespan.wal.LogMessage.Other;
import org.livespan.wal.LogMessage.Relation;
import org.livespan.wal.LogMessage.Truncate;
import org.livespan.wal.LogMessage.Update;
import org.livespan.wal.LoggedTable.Column;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Reads the messages of the plug-in {@code pgoutput}, version 1 of its protocol.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">PostgreSQL, Logical Replication
 *     Message Formats</a>
 */
final class LogDecoder {

    /** In an update before the new row: the old values of its identity, or the whole old row. */
    private static final String OLD = "KO";

    private LogDecoder() {}

    /** @throws UnreadableLogException if it is none of the messages, or ends too early */
    static LogMessage decode(ByteBuffer message) throws UnreadableLogException {
        char type = (char) message.get();
        try {
            return switch (type) {
                case 'B' -> begin(message);
                case 'C' -> commit(message);
                case 'R' -> new Relation(table(message));
                case 'I' -> new Insert(message.getInt(), row(message));
                case 'U' -> update(message);
                case 'D' -> new Delete(message.getInt(), row(message));
                case 'T' -> truncate(message);
                case 'M' -> emitted(message);
                case 'O', 'Y' -> new Other();
                default -> throw new UnreadableLogException("a message of the unknown kind '" + type + "'");
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UnreadableLogException("a message of the kind '" + type + "' that cannot be read: " + e);
        }
    }

    private static Begin begin(ByteBuffer message) {
        message.getLong(); // the position of the commit
        message.getLong(); // its time
        return new Begin(message.getInt());
    }

    private static Commit commit(ByteBuffer message) {
        message.get(); // flags, unused
        message.getLong(); // the position of the commit
        return new Commit(LogSequenceNumber.valueOf(message.getLong()));
    }

    private static LoggedTable table(ByteBuffer message) {
        int oid = message.getInt();
        String schema = string(message);
        String name = string(message);
        message.get(); // the kind of its replica identity
        int count = message.getShort();
        List<Column> columns = new ArrayList<>(count);
        for (int place = 0; place < count; place++) {
            boolean identifies = (message.get() & 1) != 0;
            String column = string(message);
            int type = message.getInt();
            message.getInt(); // its length
            columns.add(new Column(column, identifies, type));
        }
        // Of the system's own schema the name is left out
        return new LoggedTable(oid, schema.isEmpty() ? "pg_catalog" : schema, name, List.copyOf(columns));
    }

    private static LoggedRow row(ByteBuffer message) {
        return LoggedRow.in(message, message.get() == 'K');
    }

    private static Update update(ByteBuffer message) {
        int table = message.getInt();
        boolean hasOld = OLD.indexOf(message.get(message.position())) >= 0;
        LoggedRow before = hasOld ? row(message) : null;
        return new Update(table, before, row(message));
    }

    private static Truncate truncate(ByteBuffer message) {
        int count = message.getInt();
        message.get(); // cascade, restart identity
        List<Integer> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tables.add(message.getInt());
        }
        return new Truncate(tables);
    }

    private static Emitted emitted(ByteBuffer message) {
        message.get(); // whether it belongs to a transaction
        message.getLong(); // its position
        String prefix = string(message);
        var content = new byte[message.getInt()];
        message.get(content);
        return new Emitted(prefix, new String(content, UTF_8));
    }

    private static String string(ByteBuffer message) {
        int begin = message.position();
        int end = begin;
        while (message.get(end) != 0) {
            end++;
        }
        var bytes = new byte[end - begin];
        message.get(bytes);
        message.get();
        return new String(bytes, UTF_8);
    }
}
