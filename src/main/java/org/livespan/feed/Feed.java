package org.livespan.feed;

import java.util.List;
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

    /** The dates between which rows of this feed may differ since the change; none if it does not concern the feed. */
    default SpanSet touchedBy(Change change) {
        return change.touches(table().schema(), table().name())
                ? new SpanSet(List.of(change.spanFor(dateType())))
                : SpanSet.NONE;
    }

    /**
     * Begins to read: what the snapshot's first read sees, its later ones see too.
     *
     * @throws FeedUnavailableException if the database does not answer
     */
    FeedSnapshot snapshot();
}
