package org.livespan.live;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.livespan.gzip.Deflated;

/** Held rows as a JSON array, compressed leaf by leaf; see {@link RowLeaf#deflated}. Used by one thread at a time. */
final class DeflatedRows implements Iterator<Deflated> {

    private static final Deflated OPEN = stored("[");
    private static final Deflated SEPARATOR = stored(",");
    private static final Deflated CLOSE = stored("]");

    private final RowTree rows;
    private final EdgeLeaves edges;

    /** The index of the next row; -1 before the array. */
    private int next = -1;

    private boolean separated;
    private boolean closed;

    DeflatedRows(RowTree rows, EdgeLeaves edges) {
        this.rows = rows;
        this.edges = edges;
    }

    private static Deflated stored(String text) {
        return Deflated.stored(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean hasNext() {
        return !closed;
    }

    @Override
    public Deflated next() {
        if (closed) {
            throw new NoSuchElementException();
        }
        if (next < 0) {
            next = 0;
            separated = true;
            return OPEN;
        }
        if (next == rows.size()) {
            closed = true;
            return CLOSE;
        }
        separated = !separated;
        return separated ? SEPARATOR : leaf().deflated();
    }

    private RowLeaf leaf() {
        RowLeaf leaf = rows.leaf(next);
        boolean first = next == 0;
        next += leaf.size();
        if (first) {
            return edges.first(leaf);
        }
        return next == rows.size() ? edges.last(leaf) : leaf;
    }
}
