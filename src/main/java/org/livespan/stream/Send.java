package org.livespan.stream;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An event on its way to one client. One thread at a time writes it; any may ask how it goes, or give it up. */
final class Send {

    private final Frame frame;
    private final CompletableFuture<Object> done = new CompletableFuture<>();
    private boolean written;
    private boolean flushed;

    /** When the container last took some of it. */
    private volatile long progress = System.nanoTime();

    Send(Frame frame) {
        this.frame = frame;
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

    /** @return how many bytes the container took */
    int writePiece(ServletOutputStream output) throws IOException {
        int bytes = frame.writePiece(output);
        written = bytes < Frame.PIECE;
        progress = System.nanoTime();
        return bytes;
    }

    /** @param heeded whether the container takes notice of it */
    void flush(ServletOutputStream output, boolean heeded) throws IOException {
        output.flush();
        flushed = heeded;
    }

    long nanosWithoutProgress() {
        return System.nanoTime() - progress;
    }

    /** Lets go of what is not written yet. */
    void giveUp() {
        frame.giveUp();
    }

    void succeed() {
        frame.close();
        done.complete(null);
    }

    void fail(Throwable reason) {
        frame.close();
        done.completeExceptionally(reason);
    }
}
