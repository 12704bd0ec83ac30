package org.livespan.wal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.livespan.change.Change;
import org.livespan.change.RowColumns;
import org.livespan.change.TablesOfFeeds;
import org.livespan.wal.LogMessage.Begin;
import org.livespan.wal.LogMessage.Commit;
import org.livespan.wal.LogMessage.Delete;
import org.livespan.wal.LogMessage.Emitted;
import org.livespan.wal.LogMessage.Insert;
import org.livespan.wal.LogMessage.Relation;
import org.livespan.wal.LogMessage.Truncate;
import org.livespan.wal.LogMessage.Update;

/**
 * Puts the messages of one transaction after another together. However many rows a transaction changed, it takes no more memory
 * than {@link TouchedRows} of each table.
 *
 * <p>Owned by the thread that reads the log.
 */
final class LogTransaction {

    private final String channel;
    private final TablesOfFeeds feeds;
    private final Ancestors ancestors;
    private final Map<Integer, Followed> tables = new HashMap<>();

    private int xid;
    private final Map<Followed, List<TouchedRows>> touched = new LinkedHashMap<>();
    private final List<String> markers = new ArrayList<>();

    /** A table, with the names of all that show its rows. */
    private record Followed(LoggedTable table, List<Ancestors.Name> names) {}

    /** @param channel of this node's markers */
    LogTransaction(String channel, TablesOfFeeds feeds, Ancestors ancestors) {
        this.channel = channel;
        this.feeds = feeds;
        this.ancestors = ancestors;
    }

    /**
     * The next message.
     *
     * @return the transaction that ends with it, if one does
     * @throws UnreadableLogException if it is about a table that was not described
     * @throws SQLException if the catalogue cannot be asked
     */
    Optional<Committed> take(LogMessage message) throws SQLException {
        if (message instanceof Begin begin) {
            xid = begin.xid();
            touched.clear();
            markers.clear();
        } else if (message instanceof Relation relation) {
            follow(relation.table());
        } else if (message instanceof Insert insert) {
            touch(insert.table(), rows -> rows.inserted(insert.inserted()));
        } else if (message instanceof Update update) {
            touch(update.table(), rows -> rows.updated(update.before(), update.after()));
        } else if (message instanceof Delete delete) {
            touch(delete.table(), rows -> rows.deleted(delete.deleted()));
        } else if (message instanceof Truncate truncate) {
            for (int table : truncate.tables()) {
                touch(table, TouchedRows::truncated);
            }
        } else if (message instanceof Emitted emitted && emitted.prefix().equals(channel)) {
            markers.add(emitted.content());
        } else if (message instanceof Commit) {
            return Optional.of(new Committed(xid, changes(), List.copyOf(markers)));
        }
        return Optional.empty();
    }

    private void follow(LoggedTable table) throws SQLException {
        var names = new ArrayList<>(List.of(new Ancestors.Name(table.schema(), table.name())));
        names.addAll(ancestors.of(table.oid()));
        tables.put(table.oid(), new Followed(table, List.copyOf(names)));
    }

    private void touch(int oid, Consumer<TouchedRows> change) throws UnreadableLogException {
        Followed table = tables.get(oid);
        if (table == null) {
            throw new UnreadableLogException("a change of table " + oid + " before its description");
        }
        touched.computeIfAbsent(table, this::rowsOf).forEach(change);
    }

    private List<TouchedRows> rowsOf(Followed followed) {
        return followed.names().stream()
                .flatMap(
                        name -> columns(name).map(columns -> new TouchedRows(followed.table(), name.dotted(), columns)))
                .toList();
    }

    private Stream<RowColumns> columns(Ancestors.Name name) {
        return feeds.columns(name.schema(), name.name()).stream();
    }

    private List<Change> changes() {
        var changes = new ArrayList<Change>();
        touched.forEach((followed, rows) -> {
            rows.forEach(some -> changes.add(some.change()));
            followed.names().stream()
                    .filter(name -> columns(name).findAny().isEmpty())
                    .forEach(name -> changes.add(Change.seen(name.dotted()))); // perhaps a view shows it
        });
        return List.copyOf(changes);
    }
}
