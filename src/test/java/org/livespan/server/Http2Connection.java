package org.livespan.server;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A connection by cleartext HTTP/2 with prior knowledge, of a client that vanishes in the end.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
 */
final class Http2Connection implements Closeable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int FRAME_HEADER = 9;
    private static final byte DATA = 0;
    private static final byte HEADERS = 1;
    private static final byte SETTINGS = 4;
    private static final byte ACKNOWLEDGED = 1;
    private static final byte END_OF_STREAM_AND_HEADERS = 5;

    /** A header in text, without Huffman coding and not to be remembered (RFC 7541, 6.2.2). */
    private static final int LITERAL = 0;

    private final Socket socket;
    private int stream = -1;

    Http2Connection(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, (byte) 0, 0, new byte[0]);
        send(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
    }

    /** One more stream on it. */
    void get(String path) throws IOException {
        var headers = new ByteArrayOutputStream();
        header(headers, ":method", "GET");
        header(headers, ":scheme", "http");
        header(headers, ":authority", "localhost");
        header(headers, ":path", path);
        stream += 2;
        send(HEADERS, END_OF_STREAM_AND_HEADERS, stream, headers.toByteArray());
    }

    /** Returns when data of some stream has come. */
    void awaitData() throws IOException {
        byte type;
        do {
            var frame = ByteBuffer.wrap(read(FRAME_HEADER));
            int length = frame.getInt() >>> 8;
            type = frame.get(3);
            read(length);
        } while (type != DATA);
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The server has ended the connection");
        }
        return bytes;
    }

    private void send(byte type, byte flags, int id, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(FRAME_HEADER + payload.length);
        frame.putInt(payload.length << 8 | type).put(flags).putInt(id).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    private static void header(ByteArrayOutputStream headers, String name, String value) {
        headers.write(LITERAL);
        text(headers, name);
        text(headers, value);
    }

    /** Shorter than 127 bytes, as all are here. */
    private static void text(ByteArrayOutputStream headers, String text) {
        headers.write(text.length());
        headers.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Resets the connection, as the system does for a process that was killed with data unread. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
