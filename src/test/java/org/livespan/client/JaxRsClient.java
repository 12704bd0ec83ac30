package org.livespan.client;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Java client of docs/clients.md: a window's result now, and again whenever it changes.
 *
 * <p>SseEventSource reconnects by itself after a broken connection and a 503, but gives up at any other answer, such as the
 * 404 of a server that has not deployed Livespan yet: then another one is opened a little later. One thread opens and closes
 * them all.
 */
public final class JaxRsClient implements AutoCloseable {

    private static final int SECONDS = 2;

    private final Client client = ClientBuilder.newClient();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final String stream;
    private final Consumer<String> onResult;
    private SseEventSource source;

    /**
     * @param stream the address of a stream, with its parameters
     * @param onResult gets each result, a JSON array, on a thread of the JAX-RS client
     */
    public JaxRsClient(String stream, Consumer<String> onResult) {
        this.stream = stream;
        this.onResult = onResult;
    }

    public void open() {
        executor.execute(this::connect);
    }

    private void connect() {
        source = SseEventSource.target(client.target(stream))
                .reconnectingEvery(SECONDS, TimeUnit.SECONDS)
                .build();
        source.register(this::hear, this::comeBack);
        source.open();
    }

    /** Results have no name; other events, such as {@code stale}, do. */
    private void hear(InboundSseEvent event) {
        if (event.getName() == null) {
            onResult.accept(event.readData());
        } else {
            System.err.println(event.getName() + ": " + event.readData());
        }
    }

    private void comeBack(Throwable failure) {
        System.err.println(failure.getMessage());
        if (!executor.isShutdown()) {
            executor.schedule(this::connect, SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        executor.execute(this::disconnect);
    }

    private void disconnect() {
        if (source != null) {
            source.close();
        }
        client.close();
        executor.shutdownNow();
    }

    /** Prints the results of a stream until it is interrupted. */
    public static void main(String[] arguments) throws InterruptedException {
        try (var client = new JaxRsClient(arguments[0], System.out::println)) {
            client.open();
            Thread.currentThread().join();
        }
    }
}
