package org.livespan.live;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The rows of a window as they are now, for all who asked for it together. It keeps these rows in memory and no others.
 *
 * <p>For the first who reads them they are not put together, as a thousand different results may be on their way at a
 * time. When a second one does, they are, once, and all others share that.
 */
public final class SharedResult {

    private final Result result;

    /** Guarded, as the next, by this object's lock. */
    private boolean read;

    private byte[] json;

    private SharedResult(Result result) {
        this.result = result;
    }

    /** @throws WindowTooLargeException if there are more rows than that */
    static SharedResult of(List<Row> rows, int limit) {
        return new SharedResult(Result.of(limited(rows.size(), rows, limit)));
    }

    /** @throws WindowTooLargeException if there are more rows than that between these dates */
    static SharedResult of(Image image, Span span, int limit) {
        Image rows = limited(image.count(span), image, limit).within(new SpanSet(List.of(span)));
        return new SharedResult(new Result(rows, Span.ANY, rows.digest(Span.ANY)));
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

    /** The rows as one JSON array on one line, UTF-8, from its beginning. */
    public synchronized InputStream open() {
        if (!read) {
            read = true;
            return result.open();
        }
        if (json == null) {
            json = result.json();
        }
        return new ByteArrayInputStream(json);
    }
}
