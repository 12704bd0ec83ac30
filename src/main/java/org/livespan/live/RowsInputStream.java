package org.livespan.live;

import java.io.InputStream;
import java.util.Iterator;

/**
 * Held rows as a JSON array, so that a result of many megabytes is never assembled in memory. Used by one thread at a time.
 */
final class RowsInputStream extends InputStream {

    private static final byte[] OPEN = {'['};
    private static final byte[] SEPARATOR = {','};
    private static final byte[] CLOSE = {']'};

    private final Iterator<HeldRow> rows;

    /** What is being read: a row, or something between rows. */
    private HeldRow row;

    private byte[] other = OPEN;
    private int position;
    private boolean separated = true;
    private boolean closed;

    RowsInputStream(RowTree rows) {
        this.rows = rows.iterator();
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int copied = 0;
        while (copied < length && skipToNext()) {
            int some = Math.min(length - copied, length() - position);
            copy(target, offset + copied, some);
            position += some;
            copied += some;
        }
        return copied == 0 && length > 0 ? -1 : copied;
    }

    private int length() {
        return row == null ? other.length : row.jsonLength();
    }

    private void copy(byte[] target, int offset, int some) {
        if (row == null) {
            System.arraycopy(other, position, target, offset, some);
        } else {
            row.copyJson(position, target, offset, some);
        }
    }

    /** Whether there is another byte, at {@code position}. */
    private boolean skipToNext() {
        while (position == length()) {
            if (closed) {
                return false;
            }
            position = 0;
            follow();
        }
        return true;
    }

    private void follow() {
        boolean wasSeparated = separated;
        separated = false;
        if (!rows.hasNext()) {
            row = null;
            other = CLOSE;
            closed = true;
        } else if (wasSeparated) {
            row = rows.next();
        } else {
            row = null;
            other = SEPARATOR;
            separated = true;
        }
    }
}
