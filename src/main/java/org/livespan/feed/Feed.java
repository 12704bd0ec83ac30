package org.livespan.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.livespan.change.Change;
import org.livespan.change.RowColumns;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** A table published under a name. */
public interface Feed {

    /** The name in the URL. */
    String name();

    /** The table whose changes concern this feed. */
    TableName table();

    /** The tables of which any change may concern any row; empty if the feed's own table is watched by its date column. */
    default List<TableName> watched() {
        return List.of();
    }

    /** The date column, which is also a member of a row's JSON. */
    String dateColumn();

    /**
     * The type of that column.
     *
     * @throws FeedUnavailableException if only the database knows, and it does not answer
     */
    DateType dateType();

    /** The key columns in their order, which are also members of a row's JSON. At least one. */
    List<String> keyColumns();

    /** The columns by which clients may narrow a window, as members of a row's JSON. */
    default List<String> filters() {
        return List.of();
    }

    /** The rows that meet all of these filters; empty if {@link FeedSnapshot#select} has to ask the database. */
    default Optional<Selection> known(List<Filter> filters) {
        return filters.isEmpty() ? Optional.of(Selection.ALL) : Optional.empty();
    }

    /** The same separated by commas, for clients that do not know {@link #keyColumns}; a name may contain a comma. */
    default String key() {
        return String.join(",", keyColumns());
    }

    /**
     * The span of a client's dates in this feed.
     *
     * @throws IllegalArgumentException if the start is after the end
     * @throws FeedUnavailableException if only the database can tell, and does not answer
     */
    Span span(DateRange range);

    /**
     * Checks that its table can be read.
     *
     * @throws UnreadableTableException if it cannot; the message says why
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    default void requireReadable() {
        // An entity's table is looked at by the persistence provider
    }

    /** Where it is declared, for messages. */
    default String origin() {
        return getClass().getName().replaceFirst("\\$Proxy.*", "");
    }

    /** Why there may be two rows with one key, and how to fix that; empty if there cannot be, or it is unknown. */
    default Optional<String> doubtOfKey() {
        return Optional.empty();
    }

    /** Its table may have been altered: what is known about it is looked up again. */
    default void lookAnew() {
        // An entity's annotations stay as they are
    }

    /** By which columns it finds rows. */
    default RowColumns rowColumns() {
        return new RowColumns(dateColumn(), keyColumns());
    }

    /**
     * Where rows of this feed may differ since the change, besides those of {@link Change#keys()}; empty if it does not concern the
     * feed.
     */
    default SpanSet touchedBy(Change change) {
        return change.touches(table().schema(), table().name()) && change.isFor(rowColumns())
                ? change.spansFor(dateType())
                : SpanSet.NONE;
    }

    /**
     * Begins to read. All reads of the snapshot see the same state, which has to be fixed when this returns: while the first
     * read is under way, Livespan already waits for the notifications of what it shows.
     *
     * @throws FeedUnavailableException if the database does not answer
     */
    FeedSnapshot snapshot();

    /**
     * The same for work in the background, such as the audit: it does not wait long for a lock, and fails rather than
     * keep the database busy.
     *
     * @param patience how long a statement may take
     * @throws FeedUnavailableException if the database does not answer
     */
    FeedSnapshot auditSnapshot(Duration patience);
}
