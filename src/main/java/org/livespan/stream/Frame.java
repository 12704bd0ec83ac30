package org.livespan.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.livespan.live.SharedBytes;

/** An event that is sent piece by piece, so that a slow client takes the memory of one piece. Used by one thread at a time. */
interface Frame {

    /** The largest piece, in bytes. */
    int PIECE = 32 * 1024;

    /**
     * Writes the next piece.
     *
     * @return the number of bytes; less than {@link #PIECE} if it was the last
     */
    int writePiece(OutputStream output) throws IOException;

    /** Drops what has not been written yet. Any thread may call it, even while a piece is being written. */
    default void giveUp() {}

    /** Releases it; nothing more will be written. To be called once. */
    default void close() {}

    /** An event that many clients share: written without a copy for each, which would be most of the work. */
    static Frame of(byte[] shared) {
        return of(shared, () -> {});
    }

    /** An event written from shared bytes if there are any, otherwise rendered while it is written. */
    static Frame of(SharedBytes shared, Supplier<InputStream> otherwise) {
        byte[] bytes = shared.take();
        return bytes == null ? of(otherwise.get()) : of(bytes, shared::giveBack);
    }

    private static Frame of(byte[] shared, Runnable onClose) {
        return new Frame() {
            private int position;

            @Override
            public int writePiece(OutputStream output) throws IOException {
                int length = Math.min(PIECE, shared.length - position);
                output.write(shared, position, length);
                position += length;
                return length;
            }

            @Override
            public void close() {
                onClose.run();
            }
        };
    }

    /** An event that is assembled while it is written. */
    static Frame of(InputStream event) {
        return new StreamedFrame(event);
    }
}
