package org.livespan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that ask for a window and do not read it. */
final class StuckClients implements AutoCloseable {

    /** The smallest that the system accepts, so that little is in transit and the rest stays on the server. */
    private static final int RECEIVE_BUFFER = 4096;

    private final List<SocketChannel> channels = new ArrayList<>();

    StuckClients(int port, String path, int number) throws IOException {
        var request = ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < number; i++) {
            var channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            channel.write(ByteBuffer.wrap(request));
            channels.add(channel);
        }
    }

    /** Requires that the server has not dropped any. To be called last, because it reads a byte of each. */
    void requireAll() throws IOException {
        for (SocketChannel channel : channels) {
            if (channel.read(ByteBuffer.allocate(1)) < 0) {
                throw new IllegalStateException("A stuck client was dropped before it was measured");
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
