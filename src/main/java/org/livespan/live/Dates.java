package org.livespan.live;

/** Finds a date among rows in the order of their dates. */
final class Dates {

    private Dates() {}

    /** The first index whose row is not before the date; the number of rows if all are. */
    static int firstNotBefore(HeldRow[] rows, long date) {
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].date() < date) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first index whose row is after the date; the number of rows if none is. */
    static int firstAfter(HeldRow[] rows, long date) {
        return date == Long.MAX_VALUE ? rows.length : firstNotBefore(rows, date + 1);
    }
}
