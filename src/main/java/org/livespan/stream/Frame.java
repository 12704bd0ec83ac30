package org.livespan.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An event on its way over the wire, piece by piece, so that a slow client holds one piece. Used by one thread at a time. */
interface Frame {

    /** The most that is written at once, in bytes. */
    int PIECE = 32 * 1024;

    /**
     * Writes the next piece.
     *
     * @return whether it was the last
     */
    boolean writePiece(OutputStream output) throws IOException;

    /** An event that is shared by many clients: written from where it is, as a copy for each would be most of the work. */
    static Frame of(byte[] shared) {
        return new Frame() {
            private int position;

            @Override
            public boolean writePiece(OutputStream output) throws IOException {
                int length = Math.min(PIECE, shared.length - position);
                output.write(shared, position, length);
                position += length;
                return position == shared.length;
            }
        };
    }

    /** An event that is put together as it is written. */
    static Frame of(InputStream event) {
        return new Frame() {
            private final byte[] piece = new byte[PIECE];

            @Override
            public boolean writePiece(OutputStream output) throws IOException {
                int length = event.readNBytes(piece, 0, PIECE);
                output.write(piece, 0, length);
                return length < PIECE;
            }
        };
    }
}
