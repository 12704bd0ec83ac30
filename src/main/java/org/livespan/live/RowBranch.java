package org.livespan.live;

import java.util.Arrays;
import org.livespan.feed.Digest;

/** An inner node of a {@link RowTree}; all its leaves are equally far below. */
final class RowBranch extends RowNode {

    /**
     * The most children. Each branch but the first and the last of its height has at least half as many, and the root has two.
     */
    static final int MOST = 32;

    private final RowNode[] children;

    /** How many rows there are up to the end of each child. */
    private final int[] ends;

    RowBranch(RowNode[] children) {
        this(children, ends(children));
    }

    private RowBranch(RowNode[] children, int[] ends) {
        super(ends[ends.length - 1], bytes(children), children[children.length - 1].lastDate());
        this.children = children;
        this.ends = ends;
    }

    private static int[] ends(RowNode[] children) {
        var ends = new int[children.length];
        int end = 0;
        for (int i = 0; i < children.length; i++) {
            end += children[i].size();
            ends[i] = end;
        }
        return ends;
    }

    private static long bytes(RowNode[] children) {
        long bytes = 0;
        for (RowNode child : children) {
            bytes += child.bytes();
        }
        return bytes;
    }

    @Override
    Digest sum() {
        return Arrays.stream(children).map(RowNode::digest).reduce(Digest.NONE, Digest::plus);
    }

    @Override
    int height() {
        return children[0].height() + 1;
    }

    RowNode[] children() {
        return children;
    }

    @Override
    int firstNotBefore(long date) {
        int child = 0;
        while (child < children.length && children[child].lastDate() < date) {
            child++;
        }
        return child == children.length ? size() : start(child) + children[child].firstNotBefore(date);
    }

    @Override
    RowLeaf leaf(int index) {
        int child = childWith(index);
        return children[child].leaf(index - start(child));
    }

    @Override
    HeldRow row(int index) {
        int child = childWith(index);
        return children[child].row(index - start(child));
    }

    private int childWith(int index) {
        int child = 0;
        while (ends[child] <= index) {
            child++;
        }
        return child;
    }

    private int start(int child) {
        return child == 0 ? 0 : ends[child - 1];
    }

    @Override
    boolean isSmall() {
        return children.length < MOST / 2;
    }

    @Override
    RowNode cut(int from, int until) {
        if (from == 0 && until == size()) {
            return this;
        }
        int first = childWith(from);
        int last = childWith(until - 1);
        RowNode[] some = Arrays.copyOfRange(children, first, last + 1);
        some[last - first] = children[last].cut(0, until - start(last));
        some[0] = some[0].cut(from - start(first), some[0].size());
        return new RowBranch(some);
    }

    /** The last child of this and the first of the other may be cut; together they are made whole. */
    @Override
    RowNode[] joined(RowNode others, boolean first, boolean last) {
        RowNode[] more = ((RowBranch) others).children;
        int before = children.length - 1;
        int after = 1;
        RowNode[] seam = children[before].joined(more[0], first && before == 0, last && after == more.length);
        if (seam[0] == children[before]
                && children.length + more.length > MOST
                && (first || !isSmall())
                && (last || !others.isSmall())) {
            return new RowNode[] {this, others};
        }
        boolean small = seam.length == 1 && seam[0].isSmall();
        if (small && before > 0 && !(last && after == more.length)) {
            before--;
            seam = children[before].joined(seam[0], false, false);
        } else if (small && after < more.length && !(first && before == 0)) {
            after++;
            seam = seam[0].joined(more[after - 1], false, false);
        }
        var all = new RowNode[before + seam.length + more.length - after];
        System.arraycopy(children, 0, all, 0, before);
        System.arraycopy(seam, 0, all, before, seam.length);
        System.arraycopy(more, after, all, before + seam.length, more.length - after);
        return of(all);
    }

    @Override
    RowNode lowered() {
        return children.length == 1 ? children[0].lowered() : this;
    }

    /** As few branches as possible of about equal size. */
    static RowNode[] of(RowNode[] children) {
        int count = (children.length + MOST - 1) / MOST;
        var branches = new RowNode[count];
        for (int i = 0; i < count; i++) {
            int from = share(children.length, i, count);
            int until = share(children.length, i + 1, count);
            branches[i] = new RowBranch(Arrays.copyOfRange(children, from, until));
        }
        return branches;
    }
}
