package org.livespan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Thousands of clients on one thread. What they hear goes to {@link Arrivals}. */
final class SseLoad implements AutoCloseable {

    /** Connecting, or without an answer yet: the servers keep a queue of 4,096 and let others hang. */
    private static final int OPENING_AT_ONCE = 2_000;

    private static final int BUFFER = 1 << 18;

    private final InetSocketAddress server;
    private final Arrivals arrivals;
    private final Selector selector;
    private final Deque<String> waiting;
    private final int openingAtOnce;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread = new Thread(this::run, "sse-load");

    private int opening;
    private volatile long bytes;
    private volatile boolean closing;

    /** Opens a stream for each path, as fast as the server takes them. */
    SseLoad(int port, List<String> paths, Arrivals arrivals) throws IOException {
        this(port, paths, arrivals, OPENING_AT_ONCE);
    }

    /** @param openingAtOnce how many may connect, or wait for the server's answer, at a time */
    SseLoad(int port, List<String> paths, Arrivals arrivals, int openingAtOnce) throws IOException {
        this.openingAtOnce = openingAtOnce;
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.arrivals = arrivals;
        this.waiting = new ArrayDeque<>(paths);
        this.selector = Selector.open();
        thread.start();
    }

    private void run() {
        try (selector) {
            while (!closing) {
                connectSome();
                selector.select(this::serve, 100);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connectSome() throws IOException {
        while (opening < openingAtOnce && !waiting.isEmpty()) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            var client = new SseClient(channel, waiting.poll());
            opening++;
            channel.register(selector, SelectionKey.OP_CONNECT, client);
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
            opening -= client.bytes() == 0 ? 1 : 0;
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
