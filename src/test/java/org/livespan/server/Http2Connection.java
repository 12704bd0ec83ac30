package org.livespan.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cleartext HTTP/2 with prior knowledge, frame by frame, to do what no well-behaved client does: grant each stream an
 * enormous window, and the connection none.
 *
 * <p>A separate thread reads everything that arrives. Writing is guarded by this object's lock.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7541">RFC 7541, HPACK</a>
 */
final class Http2Connection implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 0x1;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int CANCEL = 8;
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MOST_KEPT = 1 << 16;

    private final Socket socket = new Socket();
    private final DataOutputStream output;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private volatile boolean crediting;
    private volatile long bytes;
    private volatile boolean over;
    private int streams;

    /** What arrived on one stream. */
    static final class Answer {
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private volatile boolean headed;
        private volatile boolean ok;
        private volatile boolean ended;

        /** Whether the headers have arrived. */
        boolean hasStatus() {
            return headed;
        }

        boolean isOk() {
            return ok;
        }

        boolean hasEnded() {
            return ended;
        }

        /** The body, or as much of its beginning as is kept. */
        synchronized String text() {
            return data.toString(StandardCharsets.UTF_8);
        }

        private synchronized void add(byte[] more) {
            if (data.size() < MOST_KEPT) {
                data.writeBytes(more);
            }
        }
    }

    private Http2Connection(URI address) throws IOException {
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        output = new DataOutputStream(socket.getOutputStream());
    }

    /** @param window how many bytes each stream may receive before a window update; the connection, 65,535 bytes */
    static Http2Connection open(URI address, int window) throws IOException {
        var connection = new Http2Connection(address);
        connection.write(() -> connection.greet(window));
        var reader = new Thread(connection::read, "http2");
        reader.setDaemon(true);
        reader.start();
        return connection;
    }

    private interface Writing {
        void write() throws IOException;
    }

    /** A server that closes the connection meanwhile does not speak HTTP/2, or has ended the connection. */
    private synchronized void write(Writing frames) throws IOException {
        try {
            frames.write();
            output.flush();
        } catch (SocketException e) {
            over = true;
        }
    }

    private void greet(int window) throws IOException {
        output.write(PREFACE);
        head(12, SETTINGS, 0, 0);
        setting(HEADER_TABLE_SIZE, 0);
        setting(INITIAL_WINDOW_SIZE, window);
    }

    /** From now on, window updates make up for whatever the connection receives. */
    void credit() throws IOException {
        crediting = true;
        credit(0, Math.toIntExact(bytes));
    }

    private synchronized void credit(int stream, int more) throws IOException {
        if (more > 0) {
            head(4, WINDOW_UPDATE, 0, stream);
            output.writeInt(more);
            output.flush();
        }
    }

    /** Sends a GET request on a new stream. */
    synchronized Answer get(URI address) throws IOException {
        int stream = 2 * streams++ + 1;
        var answer = new Answer();
        answers.put(stream, answer);
        var block = new ByteArrayOutputStream();
        block.write(0x82); // :method GET
        block.write(0x86); // :scheme http
        literal(block, 0x01, "localhost"); // :authority
        literal(block, 0x04, address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
        write(() -> {
            head(block.size(), HEADERS, END_STREAM | END_HEADERS, stream);
            block.writeTo(output);
        });
        return answer;
    }

    /** Sends a GET request and resets its stream at once. */
    synchronized void getAndReset(URI address) throws IOException {
        get(address);
        int stream = 2 * streams - 1;
        answers.remove(stream);
        write(() -> {
            head(4, RST_STREAM, 0, stream);
            output.writeInt(CANCEL);
        });
    }

    /** A header whose name is in the static table, not to be indexed (RFC 7541, 6.2.2). */
    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        int length = value.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private void head(int length, int type, int flags, int stream) throws IOException {
        output.writeByte(length >> 16);
        output.writeShort(length);
        output.writeByte(type);
        output.writeByte(flags);
        output.writeInt(stream);
    }

    private void setting(int name, int value) throws IOException {
        output.writeShort(name);
        output.writeInt(value);
    }

    private void read() {
        boolean speaks = false;
        try (var input = new DataInputStream(socket.getInputStream())) {
            while (!over) {
                int length = input.readUnsignedByte() << 16 | input.readUnsignedShort();
                int type = input.readUnsignedByte();
                if (!speaks && type != SETTINGS) {
                    throw new IOException("This is not how a server begins HTTP/2");
                }
                speaks = true;
                int flags = input.readUnsignedByte();
                int stream = input.readInt();
                take(type, flags, stream, input.readNBytes(length));
            }
        } catch (IOException e) {
            // Closed by us or by the server, or not HTTP/2: either way nothing more arrives
        } finally {
            over = true;
        }
    }

    private void take(int type, int flags, int stream, byte[] payload) throws IOException {
        var answer = answers.getOrDefault(stream, new Answer());
        if (type == SETTINGS && (flags & ACK) == 0) {
            acknowledge(SETTINGS, new byte[0]);
        } else if (type == PING && (flags & ACK) == 0) {
            acknowledge(PING, payload);
        } else if (type == HEADERS) {
            answer.ok = payload[0] == (byte) 0x88;
            answer.headed = true;
        } else if (type == DATA) {
            bytes += payload.length;
            answer.add(payload);
            if (crediting) {
                credit(0, payload.length);
            }
        } else if (type == GOAWAY) {
            over = true;
        }
        answer.ended |= type == RST_STREAM || (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    private synchronized void acknowledge(int type, byte[] payload) throws IOException {
        head(payload.length, type, ACK, 0);
        output.write(payload);
        output.flush();
    }

    /** How many bytes of bodies have arrived. */
    long bytes() {
        return bytes;
    }

    /** Whether the server has ended it, or does not speak HTTP/2. */
    boolean isOver() {
        return over;
    }

    /** Resets the connection, as the operating system does for a killed process that left data unread. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
