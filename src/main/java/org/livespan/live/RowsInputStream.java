package org.livespan.live;

import java.io.InputStream;

/**
 * Held rows as a JSON array, so that a result of many megabytes is never assembled in memory. Used by one thread at a time.
 */
final class RowsInputStream extends InputStream {

    private static final byte[] OPEN = {'['};
    private static final byte[] SEPARATOR = {','};
    private static final byte[] CLOSE = {']'};

    private final HeldRow[] rows;

    private int next;
    private byte[] piece = OPEN;
    private int position;
    private boolean separated = true;
    private boolean closed;

    RowsInputStream(HeldRow[] rows) {
        this.rows = rows;
    }

    @Override
    public int read() {
        return skipToNext() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int copied = 0;
        while (copied < length && skipToNext()) {
            int some = Math.min(length - copied, piece.length - position);
            System.arraycopy(piece, position, target, offset + copied, some);
            position += some;
            copied += some;
        }
        return copied == 0 && length > 0 ? -1 : copied;
    }

    /** Whether there is another byte, at {@code position} in {@code piece}. */
    private boolean skipToNext() {
        while (position == piece.length) {
            if (closed) {
                return false;
            }
            position = 0;
            piece = following();
        }
        return true;
    }

    private byte[] following() {
        if (next == rows.length) {
            closed = true;
            return CLOSE;
        }
        if (!separated) {
            separated = true;
            return SEPARATOR;
        }
        separated = false;
        return rows[next++].json();
    }
}
