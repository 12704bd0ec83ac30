package org.livespan.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.livespan.live.SharedBytes;

/** An event on its way over the wire, piece by piece, so that a slow client holds one piece. Used by one thread at a time. */
interface Frame {

    /** The most that is written at once, in bytes. */
    int PIECE = 32 * 1024;

    /**
     * Writes the next piece.
     *
     * @return how many bytes that were; fewer than {@link #PIECE} if it was the last
     */
    int writePiece(OutputStream output) throws IOException;

    /** Drops what is not written yet. Any thread may call it, even while a piece is being written. */
    default void giveUp() {}

    /** Releases it; nothing more will be written. To be called once. */
    default void close() {}

    /** An event that is shared by many clients: written from where it is, as a copy for each would be most of the work. */
    static Frame of(byte[] shared) {
        return of(shared, () -> {});
    }

    /** An event written from shared bytes if there are any, or else rendered as it is written. */
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

    /** An event that is put together as it is written. */
    static Frame of(InputStream event) {
        return new StreamedFrame(event);
    }
}
