package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.livespan.feed.Digest;
import org.livespan.gzip.Deflated;

/** Some rows of a {@link RowTree}. */
final class RowLeaf extends RowNode {

    /** The most rows of a leaf. Each but the first and the last of a tree has at least half as many. */
    static final int MOST = 64;

    static final RowLeaf EMPTY = new RowLeaf(new HeldRow[0]);

    private final HeldRow[] rows;

    /** Guarded by this object's lock. */
    private Deflated deflated;

    RowLeaf(HeldRow[] rows) {
        super(rows.length, bytes(rows), rows.length == 0 ? 0 : rows[rows.length - 1].date());
        this.rows = rows;
    }

    private static long bytes(HeldRow[] rows) {
        long bytes = 0;
        for (HeldRow row : rows) {
            bytes += row.jsonLength();
        }
        return bytes;
    }

    @Override
    Digest sum() {
        return Arrays.stream(rows).map(HeldRow::digest).reduce(Digest.NONE, Digest::plus);
    }

    @Override
    int height() {
        return 0;
    }

    @Override
    int firstNotBefore(long date) {
        return Dates.firstNotBefore(rows, date);
    }

    @Override
    RowLeaf leaf(int index) {
        return this;
    }

    @Override
    HeldRow row(int index) {
        return rows[index];
    }

    boolean hasSameRows(RowLeaf other) {
        if (rows.length != other.rows.length) {
            return false;
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != other.rows[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rows' JSON, separated by commas. Compressed once, however many windows show it, whatever else they show, and whatever
     * changes elsewhere.
     */
    synchronized Deflated deflated() {
        if (deflated == null) {
            var json = new ByteArrayOutputStream(Math.toIntExact(bytes() + rows.length));
            for (int i = 0; i < rows.length; i++) {
                if (i > 0) {
                    json.write(',');
                }
                rows[i].writeJson(json);
            }
            deflated = Deflated.of(json.toByteArray());
        }
        return deflated;
    }

    @Override
    boolean isSmall() {
        return rows.length < MOST / 2;
    }

    @Override
    RowNode cut(int from, int until) {
        return from == 0 && until == rows.length ? this : new RowLeaf(Arrays.copyOfRange(rows, from, until));
    }

    @Override
    RowNode[] joined(RowNode others, boolean first, boolean last) {
        HeldRow[] more = ((RowLeaf) others).rows;
        if (rows.length + more.length > MOST && (first || !isSmall()) && (last || !others.isSmall())) {
            return new RowNode[] {this, others};
        }
        HeldRow[] all = Arrays.copyOf(rows, rows.length + more.length);
        System.arraycopy(more, 0, all, rows.length, more.length);
        return of(all);
    }

    @Override
    RowNode lowered() {
        return this;
    }

    /** As few leaves as possible of about equal size. */
    static RowNode[] of(HeldRow[] rows) {
        int count = (rows.length + MOST - 1) / MOST;
        var leaves = new RowNode[count];
        for (int i = 0; i < count; i++) {
            leaves[i] = new RowLeaf(
                    Arrays.copyOfRange(rows, share(rows.length, i, count), share(rows.length, i + 1, count)));
        }
        return leaves;
    }
}
