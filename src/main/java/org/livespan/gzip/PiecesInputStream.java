package org.livespan.gzip;

import java.io.InputStream;
import java.util.function.Supplier;

/** Arrays, one after another, each made when it is due. Used by one thread at a time. */
final class PiecesInputStream extends InputStream {

    private final Supplier<byte[]> pieces;
    private byte[] piece = {};
    private int position;

    /** @param pieces returns the next piece, which is not empty; null after the last */
    PiecesInputStream(Supplier<byte[]> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return isMore() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int copied = 0;
        while (copied < length && isMore()) {
            int some = Math.min(length - copied, piece.length - position);
            System.arraycopy(piece, position, target, offset + copied, some);
            position += some;
            copied += some;
        }
        return copied == 0 && length > 0 ? -1 : copied;
    }

    private boolean isMore() {
        if (piece != null && position == piece.length) {
            piece = pieces.get();
            position = 0;
        }
        return piece != null;
    }
}
