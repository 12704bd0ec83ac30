package org.livespan.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Opens a window only to see whether it can be opened, and closes it. */
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
        // Another window on the same span is told
    }

    @Override
    public void ended(RuntimeException reason) {
        result.completeExceptionally(reason);
    }
}
