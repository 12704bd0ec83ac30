package org.livespan.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An event that is put together as it is written. A writer that is stuck keeps no more than a piece, once it is given up. */
final class StreamedFrame implements Frame {

    private final byte[] piece = new byte[PIECE];
    private volatile InputStream rest;

    StreamedFrame(InputStream event) {
        rest = event;
    }

    @Override
    public int writePiece(OutputStream output) throws IOException {
        int length = fill();
        output.write(piece, 0, length);
        return length;
    }

    /** By itself, so that no variable holds the rest while the piece is written. */
    private int fill() throws IOException {
        InputStream input = rest;
        return input == null ? 0 : input.readNBytes(piece, 0, PIECE);
    }

    @Override
    public void giveUp() {
        rest = null;
    }
}
