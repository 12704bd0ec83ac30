package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The listeners of a broadcaster for clients that are gone. One that fails does not keep the others from being called. */
final class SinkListeners {

    private static final Logger LOG = System.getLogger(SinkListeners.class.getName());

    private final List<BiConsumer<SseEventSink, Throwable>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<SseEventSink>> onClose = new CopyOnWriteArrayList<>();

    void onError(BiConsumer<SseEventSink, Throwable> listener) {
        onError.add(listener);
    }

    void onClose(Consumer<SseEventSink> listener) {
        onClose.add(listener);
    }

    /** No listener is called any more. */
    void clear() {
        onError.clear();
        onClose.clear();
    }

    /** @param failure what ended the stream; null if nothing failed */
    void ended(SseEventSink sink, Throwable failure) {
        if (failure != null) {
            LOG.log(DEBUG, "A client is gone: {0}", failure);
            onError.forEach(listener -> tell(() -> listener.accept(sink, failure)));
        }
        onClose.forEach(listener -> tell(() -> listener.accept(sink)));
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "A listener for the end of a stream failed; the others are still called", e);
        }
    }
}
