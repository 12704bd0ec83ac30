package org.livespan.live;

import java.util.Arrays;
import java.util.Iterator;

/**
 * Rows in the order of their dates. Immutable: a list in which a few rows are replaced shares the chunks without these, so it
 * costs no more than the chunks that change, and some bytes for each other chunk.
 */
final class RowList implements Iterable<HeldRow> {

    static final RowList EMPTY = new RowList(new HeldRow[0][], new int[0]);

    /** The most rows in a chunk. Every chunk but the last has at least half as many; none is empty. */
    static final int CHUNK = 512;

    private final HeldRow[][] chunks;

    /** How many rows there are up to the end of each chunk. */
    private final int[] ends;

    RowList(HeldRow[][] chunks, int[] ends) {
        this.chunks = chunks;
        this.ends = ends;
    }

    int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    HeldRow get(int index) {
        int chunk = chunkOf(index);
        return chunks[chunk][index - start(chunk)];
    }

    /** The first index whose row is not before the date; the number of rows if all are. */
    int firstNotBefore(long date) {
        int low = 0;
        int high = chunks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            HeldRow[] chunk = chunks[middle];
            if (chunk[chunk.length - 1].date() < date) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == chunks.length ? size() : start(low) + Dates.firstNotBefore(chunks[low], date);
    }

    /** The first index whose row is after the date; the number of rows if none is. */
    int firstAfter(long date) {
        return date == Long.MAX_VALUE ? size() : firstNotBefore(date + 1);
    }

    /** The rows from one index until before another. */
    HeldRow[] copy(int from, int until) {
        var copy = new HeldRow[Math.max(0, until - from)];
        if (from < until) {
            for (int chunk = chunkOf(from); chunk < chunks.length && start(chunk) < until; chunk++) {
                int first = Math.max(from, start(chunk));
                int end = Math.min(until, ends[chunk]);
                System.arraycopy(chunks[chunk], first - start(chunk), copy, first - from, end - first);
            }
        }
        return copy;
    }

    /** What lists share. Not to be changed. */
    HeldRow[][] chunks() {
        return chunks;
    }

    @Override
    public Iterator<HeldRow> iterator() {
        return Arrays.stream(chunks).flatMap(Arrays::stream).iterator();
    }

    private int chunkOf(int index) {
        int found = Arrays.binarySearch(ends, index);
        return found < 0 ? -found - 1 : found + 1;
    }

    private int start(int chunk) {
        return chunk == 0 ? 0 : ends[chunk - 1];
    }

    /** Makes a list of parts of others and of single rows, from the first to the last. */
    static final class Builder {

        private HeldRow[][] chunks = new HeldRow[16][];
        private int[] ends = new int[16];
        private int count;

        /** The rows after the last complete chunk. */
        private HeldRow[] open = new HeldRow[CHUNK];

        private int openRows;

        /** The last row so far; null if there is none. */
        HeldRow last() {
            if (openRows > 0) {
                return open[openRows - 1];
            }
            return count == 0 ? null : chunks[count - 1][chunks[count - 1].length - 1];
        }

        void add(HeldRow row) {
            if (openRows == CHUNK) {
                close(CHUNK);
            }
            open[openRows++] = row;
        }

        /** Adds the rows of another list, from one index until before another. */
        void addAll(RowList rows, int from, int until) {
            int next = from;
            while (next < until) {
                int chunk = rows.chunkOf(next);
                if (next == rows.start(chunk) && rows.ends[chunk] <= until) {
                    next = join(rows, chunk, until);
                } else {
                    int end = Math.min(until, rows.ends[chunk]);
                    copy(rows.chunks[chunk], next - rows.start(chunk), end - rows.start(chunk));
                    next = end;
                }
            }
        }

        /** Adds a whole chunk and, if few rows are open before it, those after it. Returns the index after what was added. */
        private int join(RowList rows, int chunk, int until) {
            HeldRow[] whole = rows.chunks[chunk];
            if (openRows >= CHUNK / 2) {
                close(openRows);
            }
            if (openRows > 0 || isSmall(whole)) {
                balance(whole);
                return rows.ends[chunk];
            }
            int found = Arrays.binarySearch(rows.ends, chunk, rows.ends.length, until);
            int after = found < 0 ? -found - 1 : found + 1;
            if (isSmall(rows.chunks[after - 1])) {
                after--;
            }
            share(rows, chunk, after);
            return rows.ends[after - 1];
        }

        /** As only the last chunk of a list may be. */
        private static boolean isSmall(HeldRow[] chunk) {
            return chunk.length < CHUNK / 2;
        }

        /** Makes one chunk of the open rows and the next, or two of equal size. */
        private void balance(HeldRow[] whole) {
            int total = openRows + whole.length;
            if (total > CHUNK) {
                var both = Arrays.copyOf(open, total);
                System.arraycopy(whole, 0, both, openRows, whole.length);
                append(Arrays.copyOf(both, total / 2));
                append(Arrays.copyOfRange(both, total / 2, total));
                openRows = 0;
            } else {
                copy(whole, 0, whole.length);
            }
        }

        private void copy(HeldRow[] rows, int from, int until) {
            for (int i = from; i < until; i++) {
                add(rows[i]);
            }
        }

        private void share(RowList rows, int from, int until) {
            reserve(until - from);
            System.arraycopy(rows.chunks, from, chunks, count, until - from);
            int shift = end() - rows.start(from);
            for (int i = from; i < until; i++) {
                ends[count + i - from] = rows.ends[i] + shift;
            }
            count += until - from;
        }

        private void close(int rows) {
            append(Arrays.copyOf(open, rows));
            openRows = 0;
        }

        private void append(HeldRow[] chunk) {
            reserve(1);
            ends[count] = end() + chunk.length;
            chunks[count++] = chunk;
        }

        private int end() {
            return count == 0 ? 0 : ends[count - 1];
        }

        private void reserve(int more) {
            if (count + more > chunks.length) {
                int length = Math.max(count + more, 2 * chunks.length);
                chunks = Arrays.copyOf(chunks, length);
                ends = Arrays.copyOf(ends, length);
            }
        }

        RowList build() {
            if (openRows > 0) {
                close(openRows);
            }
            return new RowList(Arrays.copyOf(chunks, count), Arrays.copyOf(ends, count));
        }
    }
}
