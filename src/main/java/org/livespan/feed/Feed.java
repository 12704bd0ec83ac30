package org.livespan.feed;

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

    /** The column that tells rows apart, several with commas between; also the members of a row's JSON. */
    String key();

    /**
     * The span that a client's dates mean for this feed.
     *
     * @throws IllegalArgumentException if the start is after the end
     * @throws FeedUnavailableException if only the database can tell, and does not answer
     */
    Span span(DateRange range);

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
}
