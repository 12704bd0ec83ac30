package org.livespan.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An event that is rendered while it is written. Once dropped, a stuck writer holds no more than a piece of it. */
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

    /** A separate method, so that no local variable holds the rest while the piece is written. */
    private int fill() throws IOException {
        InputStream input = rest;
        return input == null ? 0 : input.readNBytes(piece, 0, PIECE);
    }

    @Override
    public void giveUp() {
        rest = null;
    }
}
