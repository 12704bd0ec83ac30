package org.livespan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The lower bound: no server, just one thread with one selector that writes the same bytes to every socket. Requests are
 * not parsed: all clients get the window that it was started with.
 */
final class BareLoop {

    private static final int BACKLOG = 4096;
    private static final byte[] HEADERS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** As long as an id of Livespan. */
    private static final String ID = "-".repeat(43);

    private final Selector selector;
    private final BareListener listener;
    private final ByteBuffer request = ByteBuffer.allocateDirect(4096);

    /** The event that all clients are to have. */
    private ByteBuffer event;

    /** The event that a client was sent last, and the bytes still to be written. */
    private static final class Client {
        private ByteBuffer event;
        private ByteBuffer rest;
    }

    private BareLoop(String url, String user, String password, String window) throws IOException {
        selector = Selector.open();
        listener = new BareListener(url, user, password, window, BareLoop::event, selector::wakeup);
    }

    private static String event(String rows) {
        return "id: " + ID + "\ndata: " + rows + "\n\n";
    }

    public static void main(String[] args) throws Exception {
        new BareLoop(args[0], args[1], args[2], args[4]).run(Integer.parseInt(args[3]));
    }

    private void run(int port) throws IOException {
        listener.start();
        event = listener.newest();
        var server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select(this::serve);
            if (listener.newest() != event) {
                event = listener.newest();
                selector.keys().forEach(this::write);
            }
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else if (key.isReadable()) {
                read(key);
            } else {
                write(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** Reads the request, which arrives as a whole; after it a client sends nothing more. */
    private void read(SelectionKey key) throws IOException {
        if (((SocketChannel) key.channel()).read(request.clear()) < 0) {
            close(key);
        } else if (key.attachment() == null) {
            var client = new Client();
            client.rest = ByteBuffer.wrap(HEADERS);
            key.attach(client);
            write(key);
        }
    }

    private void write(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Client client) {
            try {
                key.interestOps(SelectionKey.OP_READ | write((SocketChannel) key.channel(), client));
            } catch (IOException e) {
                close(key);
            }
        }
    }

    /** Returns what to wait for besides reading. */
    private int write(SocketChannel channel, Client client) throws IOException {
        while (client.rest.hasRemaining() || client.event != event) {
            if (!client.rest.hasRemaining()) {
                client.event = event;
                client.rest = event.duplicate();
            }
            channel.write(client.rest);
            if (client.rest.hasRemaining()) {
                return SelectionKey.OP_WRITE;
            }
        }
        return 0;
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way
        }
    }
}
