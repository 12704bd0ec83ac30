package org.livespan.live;

/**
 * How many rows are compared at once: as many as keep the database busy for a moment only, and more if a few take as long as
 * many, as in a table without an index on its date, or in a view with aggregates.
 *
 * <p>Owned by its user.
 */
final class SliceSize {

    private static final long BRIEF_NANOS = 50_000_000;
    private static final long LONG_NANOS = 200_000_000;

    private final int least;
    private final int most;
    private int rows;
    private int beforeRows;
    private long beforeNanos;

    SliceSize(int least, int first, int most) {
        this.least = least;
        this.rows = first;
        this.most = most;
    }

    int rows() {
        return rows;
    }

    /** So many rows were compared within that time. */
    void took(int compared, long nanos) {
        boolean sizeMatters = beforeRows == 0
                || compared == beforeRows
                || (compared > beforeRows ? nanos > beforeNanos * 3 / 2 : nanos < beforeNanos * 3 / 4);
        beforeRows = compared;
        beforeNanos = nanos;
        boolean full = 2 * compared >= rows;
        if (full && (nanos < BRIEF_NANOS || !sizeMatters)) {
            rows = Math.min(2 * rows, most);
        } else if (nanos > LONG_NANOS && sizeMatters) {
            rows = Math.max(rows / 2, least);
        }
    }

    /**
     * The comparison did not end in time.
     *
     * @return whether the next slice is smaller
     */
    boolean failed() {
        boolean less = rows > least;
        rows = Math.max(rows / 2, least);
        return less;
    }
}
