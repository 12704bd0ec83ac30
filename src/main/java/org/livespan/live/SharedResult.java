package org.livespan.live;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.livespan.feed.Row;
import org.livespan.gzip.Deflated;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** The rows of a window, for all requests that share them. It keeps no other rows in memory. */
public final class SharedResult {

    private final Result result;
    private final boolean held;
    private final SharedBytes json;

    private SharedResult(Result result, boolean held, UnsentBytes room) {
        this.result = result;
        this.held = held;
        this.json = new SharedBytes(room, result::size, result::json);
    }

    /**
     * Rows that were read by a query.
     *
     * @throws WindowTooLargeException if there are more rows than that
     */
    static SharedResult of(List<Row> rows, int limit, UnsentBytes room) {
        return new SharedResult(Result.of(limited(rows.size(), rows, limit)), false, room);
    }

    /**
     * Rows that are held for windows.
     *
     * @throws WindowTooLargeException if there are more rows than that between these dates
     */
    static SharedResult of(Image image, Span span, int limit, UnsentBytes room) {
        Image rows = limited(image.count(span), image, limit).within(new SpanSet(List.of(span)));
        return new SharedResult(Result.of(rows), true, room);
    }

    private static <T> T limited(int size, T rows, int limit) {
        if (size > limit) {
            throw new WindowTooLargeException(limit);
        }
        return rows;
    }

    /** See {@link Result#digest()}. */
    public String digest() {
        return result.digest();
    }

    /** How many bytes the JSON array has. */
    public long size() {
        return result.size();
    }

    /** The size in bytes of the rows that only this result keeps in memory. */
    public long sizeOfOwnRows() {
        return held ? 0 : size();
    }

    /** The rows as one JSON array on one line, UTF-8. */
    public SharedBytes json() {
        return json;
    }

    /** The same, rendered while it is read. */
    public InputStream open() {
        return result.open();
    }

    /** The same, compressed; see {@link Result#deflated}. */
    public Iterator<Deflated> deflated() {
        return result.deflated();
    }
}
