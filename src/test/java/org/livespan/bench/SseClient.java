package org.livespan.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One client of an event stream. It recognises only where an event ends, and the marks in it: {@code ~17~}. It uses
 * HTTP/1.0, so that nothing is chunked.
 */
class SseClient {

    /** The mark as a row's text has it. */
    static String mark(int number) {
        return "~" + number + "~";
    }

    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int NONE = -1;

    /** Multiplied by a byte, that byte eight times. */
    private static final long EIGHT = 0x0101_0101_0101_0101L;

    private final SocketChannel channel;
    private final ByteBuffer request;

    private boolean inHeaders = true;
    private boolean atLineStart = true;
    private boolean hasData;
    private int number = NONE;
    private int newest;
    private int told;
    private boolean answered;

    SseClient(SocketChannel channel, String path) {
        this(channel, path, "");
    }

    /** @param headers more of them, each with the end of its line */
    SseClient(SocketChannel channel, String path, String headers) {
        this.channel = channel;
        this.request = ByteBuffer.wrap(
                ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    final SocketChannel channel() {
        return channel;
    }

    final void request() throws IOException {
        channel.write(request);
    }

    /** Is called for each complete event. */
    interface Listener {

        /** An event is complete; it brought the marks after {@code toldBefore} and up to {@code told}. */
        void event(int toldBefore, int told);
    }

    final void take(ByteBuffer read, Listener listener) throws IOException {
        if (!answered && read.get(STATUS_AT) != '2') {
            throw new IOException("Refused: " + StandardCharsets.UTF_8.decode(read));
        }
        answered = true;
        look(read, listener);
    }

    /** Finds events in the next bytes. */
    void look(ByteBuffer read, Listener listener) {
        for (int i = 0; i < read.limit(); i++) {
            byte b = read.get(i);
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
            } else {
                i = beforeNextSign(read, i);
            }
        }
    }

    /** Skips bytes without a meaning, eight at a time. */
    private static int beforeNextSign(ByteBuffer read, int from) {
        int i = from + 1;
        while (i + Long.BYTES <= read.limit() && !hasSign(read.getLong(i))) {
            i += Long.BYTES;
        }
        while (i < read.limit() && read.get(i) != '\n' && read.get(i) != '~') {
            i++;
        }
        return i - 1;
    }

    private static boolean hasSign(long eight) {
        return (zeros(eight ^ EIGHT * '\n') | zeros(eight ^ EIGHT * '~')) != 0;
    }

    /** Not zero if any of the eight bytes is zero. */
    private static long zeros(long eight) {
        return eight - EIGHT & ~eight & EIGHT << 7;
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
