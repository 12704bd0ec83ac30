package org.livespan.live;

/**
 * The first and the last leaf of a window's rows. A window is a part of the held rows, so these two are cut for it each time;
 * here they are kept, with their compressed content, for as long as their rows stay the same.
 *
 * <p>Its fields are guarded by its own lock.
 */
final class EdgeLeaves {

    private RowLeaf first = RowLeaf.EMPTY;
    private RowLeaf last = RowLeaf.EMPTY;

    /** @return a leaf with the same rows */
    synchronized RowLeaf first(RowLeaf now) {
        first = first.hasSameRows(now) ? first : now;
        return first;
    }

    /** @return a leaf with the same rows */
    synchronized RowLeaf last(RowLeaf now) {
        last = last.hasSameRows(now) ? last : now;
        return last;
    }
}
