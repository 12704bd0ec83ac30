package org.livespan.live;

import org.livespan.feed.Digest;

/**
 * A node of a {@link RowTree}: rows in the order of their dates, with the sums that are asked of many rows at once. Immutable,
 * but for the digest, which is computed when it is first asked for; two threads may both compute it, with the same result.
 */
abstract sealed class RowNode permits RowLeaf, RowBranch {

    private final int size;
    private final long bytes;
    private final long lastDate;
    private Digest digest;

    /**
     * @param size the number of rows
     * @param bytes the size of their JSON
     * @param lastDate the date of the last one; of no importance if there is none
     */
    RowNode(int size, long bytes, long lastDate) {
        this.size = size;
        this.bytes = bytes;
        this.lastDate = lastDate;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    long lastDate() {
        return lastDate;
    }

    Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = sum();
            digest = known;
        }
        return known;
    }

    abstract Digest sum();

    /** How many nodes lie between this one and its leaves, and one more; 0 for a leaf. */
    abstract int height();

    /** The first index whose row is not before the date; the number of rows if all are. */
    abstract int firstNotBefore(long date);

    /** The leaf in which the row with this index is. */
    abstract RowLeaf leaf(int index);

    abstract HeldRow row(int index);

    /** Whether it has too little for a node that is not the first or the last of its height. */
    abstract boolean isSmall();

    /** The rows from one index until before another, at least one, as a node of the same height. */
    abstract RowNode cut(int from, int until);

    /**
     * These rows, and then those of a node of the same height, as one or two such nodes.
     *
     * @param first whether no rows come before these; then the first node of each height may be small
     * @param last whether no rows come after the others; then the last one may be small
     */
    abstract RowNode[] joined(RowNode others, boolean first, boolean last);

    /** The rows from one index until before another. */
    final RowNode part(int from, int until) {
        return from < until ? cut(from, until).lowered() : RowLeaf.EMPTY;
    }

    /** These rows, and then others, whose dates are not before. */
    final RowNode then(RowNode others) {
        if (size == 0 || others.size == 0) {
            return size == 0 ? others : this;
        }
        int height = Math.max(height(), others.height());
        RowNode[] joined = raised(height).joined(others.raised(height), true, true);
        return joined.length == 1 ? joined[0].lowered() : new RowBranch(joined);
    }

    private RowNode raised(int height) {
        return height() == height ? this : new RowBranch(new RowNode[] {raised(height - 1)});
    }

    /** Where one of so many equal shares begins. */
    static int share(int total, int number, int count) {
        return (int) ((long) total * number / count);
    }

    /** Without nodes at the top that have a single child. */
    abstract RowNode lowered();
}
