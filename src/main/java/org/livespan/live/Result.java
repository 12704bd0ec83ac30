package org.livespan.live;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.gzip.Deflated;
import org.livespan.time.Span;

/**
 * All rows of a window at one committed state, in the order of (date, key): a view on an image, rendered on request.
 *
 * <p>It keeps the whole image in memory, so pass it on, but do not keep it.
 */
public final class Result {

    private final Image image;
    private final Span span;
    private final Digest digest;
    private final EdgeLeaves edges;

    /** Computed on first use, as is the next; two threads may both compute it, with the same result. */
    private volatile long size = -1;

    private volatile String text;

    /** @param edges of the same window at other states */
    Result(Image image, Span span, Digest digest, EdgeLeaves edges) {
        this.image = image;
        this.span = span;
        this.digest = digest;
        this.edges = edges;
    }

    /** A result of all rows of an image. */
    static Result of(Image image) {
        return new Result(image, Span.ANY, image.digest(Span.ANY), new EdgeLeaves());
    }

    /** A result of these rows. */
    static Result of(List<Row> rows) {
        return of(Image.of(rows));
    }

    /** Identifies the result; see {@link Digest}. */
    public String digest() {
        String known = text;
        if (known == null) {
            known = digest.toString();
            text = known;
        }
        return known;
    }

    /** The size of {@link #json()} in bytes. */
    public long size() {
        if (size < 0) {
            size = image.size(span);
        }
        return size;
    }

    /** The same bytes as {@link #json()}, without assembling them in memory. */
    public InputStream open() {
        return image.open(span);
    }

    /** The same, compressed. Only what was not sent compressed before is compressed now, piece by piece. */
    public Iterator<Deflated> deflated() {
        return image.deflated(span, edges);
    }

    /** The rows as one JSON array on one line, UTF-8. */
    public byte[] json() {
        return image.json(span);
    }
}
