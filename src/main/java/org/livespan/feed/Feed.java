package org.livespan.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.livespan.change.Change;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** A watched table, published under a name. */
public interface Feed {

    /** The name in the URL. */
    String name();

    /** The table whose changes concern this feed. */
    TableName table();

    /** The tables of which any change may concern any row; empty where the table tells of its own changes. */
    default List<TableName> watched() {
        return List.of();
    }

    /** The column by which rows belong to a span; also the member of a row's JSON that holds its value. */
    String dateColumn();

    /**
     * The type of that column.
     *
     * @throws FeedUnavailableException if only the database can tell, and does not answer
     */
    DateType dateType();

    /** The columns that tell rows apart, in their order; also the members of a row's JSON. At least one. */
    List<String> keyColumns();

    /** The same with commas between, for clients that do not know {@link #keyColumns}; a name may have a comma itself. */
    default String key() {
        return String.join(",", keyColumns());
    }

    /**
     * The span that a client's dates mean for this feed.
     *
     * @throws IllegalArgumentException if the start is after the end
     * @throws FeedUnavailableException if only the database can tell, and does not answer
     */
    Span span(DateRange range);

    /**
     * Looks whether its table can be read at all.
     *
     * @throws UnreadableTableException if it cannot, with why
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    default void requireReadable() {
        // An entity's table is looked at by the persistence provider
    }

    /** Why there may be two rows of one key, with what mends it; empty if there cannot be, or nobody knows. */
    default Optional<String> doubtOfKey() {
        return Optional.empty();
    }

    /** What was found of its table is looked up again: it may have changed. */
    default void lookAnew() {
        // An entity's annotations stay as they are
    }

    /** The dates among which rows of this feed may differ since the change; none if it does not concern the feed. */
    default SpanSet touchedBy(Change change) {
        return change.touches(table().schema(), table().name()) ? change.spansFor(dateType()) : SpanSet.NONE;
    }

    /**
     * Begins to read: what the snapshot's first read sees, its later ones see too.
     *
     * @throws FeedUnavailableException if the database does not answer
     */
    FeedSnapshot snapshot();

    /**
     * The same for the audit, which is in nobody's way: it waits for no lock for long, and rather fails than to keep the
     * database at work.
     *
     * @param patience how long a statement may take
     * @throws FeedUnavailableException if the database does not answer
     */
    FeedSnapshot auditSnapshot(Duration patience);
}
