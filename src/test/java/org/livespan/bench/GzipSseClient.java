package org.livespan.bench;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A client of a compressed stream. Thousands that decompress would measure themselves, so it only recognises the beginning of
 * an event, whose id is not compressed. Each event counts as the mark that is waited for: it is for one event a change.
 */
final class GzipSseClient extends SseClient {

    private static final byte[] ID = {'i', 'd', ':', ' '};

    /** How many of these bytes have been seen. */
    private int matched;

    GzipSseClient(SocketChannel channel, String path) {
        super(channel, path, "Accept-Encoding: gzip\r\n");
    }

    @Override
    void look(ByteBuffer read, Listener listener) {
        for (int i = 0; i < read.limit(); i++) {
            byte b = read.get(i);
            if (b == ID[matched]) {
                matched++;
            } else {
                matched = b == ID[0] ? 1 : 0;
            }
            if (matched == ID.length) {
                matched = 0;
                listener.event(0, Integer.MAX_VALUE);
            }
        }
    }
}
