package org.livespan.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A window that is opened only to see that it can be, and closed. */
final class Confirmation implements WindowListener {

    private final CompletableFuture<Void> result = new CompletableFuture<>();

    CompletionStage<Void> result() {
        return result;
    }

    @Override
    public void opened(Window window) {
        window.close();
        result.complete(null);
    }

    @Override
    public void changed(WindowUpdate update) {
        // Another window on the same span tells of it
    }

    @Override
    public void ended(RuntimeException reason) {
        result.completeExceptionally(reason);
    }
}
