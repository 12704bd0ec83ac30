package org.livespan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BiFunction;

/** Thousands of clients on one thread. They report to {@link Arrivals}. */
final class SseLoad implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final InetSocketAddress server;
    private final Arrivals arrivals;
    private final Selector selector;
    private final List<String> paths;
    private final BiFunction<SocketChannel, String, SseClient> client;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread = new Thread(this::run, "sse-load");

    private volatile long bytes;
    private volatile boolean closing;

    /** Opens a stream for each path, all at once. */
    SseLoad(int port, List<String> paths, Arrivals arrivals) throws IOException {
        this(port, paths, arrivals, SseClient::new);
    }

    /** The same with other clients. */
    SseLoad(int port, List<String> paths, Arrivals arrivals, BiFunction<SocketChannel, String, SseClient> client)
            throws IOException {
        this.client = client;
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.arrivals = arrivals;
        this.paths = paths;
        this.selector = Selector.open();
        thread.start();
    }

    private void run() {
        try (selector) {
            connectAll();
            while (!closing) {
                selector.select(this::serve, 100);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connectAll() throws IOException {
        for (String path : paths) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT, client.apply(channel, path));
            channel.connect(server);
        }
    }

    private void serve(SelectionKey key) {
        var client = (SseClient) key.attachment();
        try {
            if (key.isConnectable()) {
                client.channel().finishConnect();
                client.request();
                key.interestOps(SelectionKey.OP_READ);
            } else {
                read(client);
            }
        } catch (IOException e) {
            arrivals.lost(e);
            key.cancel();
        }
    }

    private void read(SseClient client) throws IOException {
        int length = client.channel().read(buffer.clear());
        if (length < 0) {
            throw new IOException("the server ended the stream");
        }
        if (length > 0) {
            bytes += length;
            client.take(buffer.flip(), arrivals);
        }
    }

    long bytes() {
        return bytes;
    }

    /** @throws IllegalStateException if a client was refused or its stream has ended */
    void requireAll() {
        arrivals.requireAll();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
