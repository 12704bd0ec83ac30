package org.livespan.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.livespan.feed.Digest;

/**
 * Rows in the order of their dates: an immutable list, as a balanced tree whose nodes know the number, the size and the digest
 * of their rows. A part of it, and a list in which a few rows are replaced, share all other nodes; these and every question
 * cost a logarithm of the number of rows.
 *
 * @see <a href="https://doi.org/10.1002/spe.4380251203">Boehm, Atkinson and Plass, Ropes: an Alternative to Strings</a>
 */
final class RowTree implements Iterable<HeldRow> {

    static final RowTree EMPTY = new RowTree(RowLeaf.EMPTY);

    private final RowNode root;

    private RowTree(RowNode root) {
        this.root = root;
    }

    RowNode root() {
        return root;
    }

    int size() {
        return root.size();
    }

    /** The size of the rows' JSON, in bytes. */
    long bytes() {
        return root.bytes();
    }

    /** The sum of the rows' digests. */
    Digest digest() {
        return root.digest();
    }

    HeldRow get(int index) {
        return root.row(index);
    }

    /** The leaf in which the row with this index is. */
    RowLeaf leaf(int index) {
        return root.leaf(index);
    }

    /** The first index whose row is not before the date; the number of rows if all are. */
    int firstNotBefore(long date) {
        return root.firstNotBefore(date);
    }

    /** The first index whose row is after the date; the number of rows if none is. */
    int firstAfter(long date) {
        return date == Long.MAX_VALUE ? size() : firstNotBefore(date + 1);
    }

    /** The rows from one index until before another. */
    RowTree part(int from, int until) {
        RowNode part = root.part(from, until);
        return part == root ? this : new RowTree(part);
    }

    @Override
    public Iterator<HeldRow> iterator() {
        return new Iterator<>() {
            private int next;
            private RowLeaf leaf = RowLeaf.EMPTY;
            private int begin;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public HeldRow next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (next == begin + leaf.size()) {
                    begin = next;
                    leaf = leaf(next);
                }
                return leaf.row(next++ - begin);
            }
        };
    }

    /** Makes a tree of parts of others and of single rows, from the first to the last. */
    static final class Builder {

        /** Fewer rows of another tree are added one by one. */
        private static final int FEW = RowLeaf.MOST / 2;

        private RowNode built = RowLeaf.EMPTY;

        /** The rows after those. */
        private final List<HeldRow> open = new ArrayList<>();

        /** The last row so far; null if there is none. */
        HeldRow last() {
            if (open.isEmpty()) {
                return built.size() == 0 ? null : built.row(built.size() - 1);
            }
            return open.get(open.size() - 1);
        }

        void add(HeldRow row) {
            open.add(row);
        }

        /** Adds the rows of another tree, from one index until before another. */
        void addAll(RowTree rows, int from, int until) {
            RowTree part = rows.part(from, until);
            if (part.size() < FEW && !open.isEmpty()) {
                part.forEach(open::add);
            } else {
                close(part.root);
            }
        }

        /** Adds the open rows and others. A row that replaces one goes to the smaller leaf, from which that one is missing. */
        private void close(RowNode others) {
            if (open.isEmpty()) {
                built = built.then(others);
                return;
            }
            RowNode more = tree(RowLeaf.of(open.toArray(HeldRow[]::new)));
            open.clear();
            int left = built.leaf(built.size() - 1).size();
            int right = others.leaf(0).size();
            built = left <= right ? built.then(more).then(others) : built.then(more.then(others));
        }

        private static RowNode tree(RowNode[] nodes) {
            RowNode[] level = nodes;
            while (level.length > 1) {
                level = RowBranch.of(level);
            }
            return level[0];
        }

        RowTree build() {
            close(RowLeaf.EMPTY);
            return built.size() == 0 ? EMPTY : new RowTree(built);
        }
    }
}
