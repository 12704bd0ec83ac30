package org.livespan.stream;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An event that is being sent to a client. One thread at a time writes it; any thread may ask for its progress, or drop it. */
final class Send {

    /** Owned by the thread that writes; null once it was used, because a writer that is stuck must hold no more than a piece. */
    private Supplier<Frame> source;

    /** Made by the thread that writes it, when it is its turn; null before. */
    private volatile Frame frame;

    private volatile boolean givenUp;
    private final CompletableFuture<Object> done = new CompletableFuture<>();
    private boolean written;
    private boolean flushed;

    /** When the container last accepted some of it. */
    private volatile long progress = System.nanoTime();

    /** @param source makes what is to be written */
    Send(Supplier<Frame> source) {
        this.source = source;
    }

    /** Completes when the client has it, or with the reason why not. */
    CompletionStage<?> done() {
        return done;
    }

    boolean isWritten() {
        return written;
    }

    boolean isFlushed() {
        return flushed;
    }

    /** @return how many bytes the container accepted */
    int writePiece(ServletOutputStream output) throws IOException {
        if (frame == null) {
            frame = source.get();
            source = null;
            if (givenUp) {
                frame.giveUp();
            }
        }
        int bytes = frame.writePiece(output);
        written = bytes < Frame.PIECE;
        progress = System.nanoTime();
        return bytes;
    }

    /** @param heeded whether the container pays attention to it */
    void flush(ServletOutputStream output, boolean heeded) throws IOException {
        output.flush();
        flushed = heeded;
    }

    long nanosWithoutProgress() {
        return System.nanoTime() - progress;
    }

    /** Drops what has not been written yet. */
    void giveUp() {
        givenUp = true;
        Frame made = frame;
        if (made != null) {
            made.giveUp();
        }
    }

    void succeed() {
        close();
        done.complete(null);
    }

    void fail(Throwable reason) {
        close();
        done.completeExceptionally(reason);
    }

    private void close() {
        if (frame != null) {
            frame.close();
        }
    }
}
