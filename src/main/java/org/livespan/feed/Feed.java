package org.livespan.feed;

import java.util.List;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/** A watched table, published under a name. */
public interface Feed {

    /** The name in the URL. */
    String name();

    /** The table whose changes concern this feed. */
    TableName table();

    /** The column by which rows belong to a span; also the member of a row's JSON that holds its value. */
    String dateColumn();

    /** The type of that column. */
    DateType dateType();

    /** The column that tells rows apart; also the member of a row's JSON that holds its value. */
    String key();

    /** The span that a client's dates mean for this feed. */
    Span span(DateRange range);

    /**
     * Reads the rows whose date lies within the span: one statement, one committed state. A row without a date lies in
     * no span; an infinite one in those that are open on its side.
     *
     * @param limit the most rows to read, at least 1
     * @return the rows in the order of (date, key)
     * @throws FeedUnavailableException if the database cannot answer
     */
    List<Row> read(Span span, int limit);
}
