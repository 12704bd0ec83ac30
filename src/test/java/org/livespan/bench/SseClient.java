package org.livespan.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One client of an event stream. Of what it is sent it understands where an event ends, and the marks in it: {@code ~17~}.
 * HTTP/1.0, so that nothing is cut into chunks.
 */
final class SseClient {

    /** As a row's text has it. */
    static String mark(int number) {
        return "~" + number + "~";
    }

    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int NONE = -1;

    private final SocketChannel channel;
    private final ByteBuffer request;

    private boolean inHeaders = true;
    private boolean atLineStart = true;
    private boolean hasData;
    private int number = NONE;
    private int newest;
    private int told;
    private long bytes;

    SseClient(SocketChannel channel, String path) {
        this.channel = channel;
        this.request =
                ByteBuffer.wrap(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    SocketChannel channel() {
        return channel;
    }

    void request() throws IOException {
        channel.write(request);
    }

    long bytes() {
        return bytes;
    }

    /** Hears of events as they end. */
    interface Listener {

        /** An event is complete; the marks after the first and up to the second have come with it. */
        void event(int toldBefore, int told);
    }

    void take(byte[] read, int length, Listener listener) throws IOException {
        if (bytes == 0 && read[STATUS_AT] != '2') {
            throw new IOException("Refused: " + new String(read, 0, length, StandardCharsets.UTF_8));
        }
        bytes += length;
        for (int i = 0; i < length; i++) {
            byte b = read[i];
            if (b == '\n') {
                endLine(listener);
            } else if (atLineStart) {
                atLineStart = b == '\r';
                hasData |= b == 'd' && !inHeaders;
            } else if (b == '~') {
                newest = Math.max(newest, number);
                number = number == NONE ? 0 : NONE;
            } else if (number != NONE) {
                number = 10 * number + b - '0';
            }
        }
    }

    private void endLine(Listener listener) {
        if (atLineStart && hasData) {
            listener.event(told, newest);
            told = newest;
            hasData = false;
        }
        inHeaders &= !atLineStart;
        atLineStart = true;
    }
}
