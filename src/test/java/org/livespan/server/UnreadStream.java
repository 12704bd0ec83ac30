package org.livespan.server;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client of a stream that reads nothing until told to, and whose operating system buffers next to nothing for it. */
final class UnreadStream implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int RECEIVE_BUFFER = 4096;

    private final Socket socket = new Socket();
    private BufferedReader reader;

    private UnreadStream() {}

    /** Waits for a seat, and reads only the status line. Uses HTTP/1.0, so that the answer is not chunked. */
    static UnreadStream open(URI address) {
        return open(address, "HTTP/1.0");
    }

    /** The same with HTTP/1.1, so that the end of the answer can be told from the end of the connection. */
    static UnreadStream openChunked(URI address) {
        return open(address, "HTTP/1.1");
    }

    private static UnreadStream open(URI address, String version) {
        return await().pollDelay(Duration.ZERO)
                .atMost(Duration.ofMillis(PATIENCE_MILLIS))
                .until(() -> request(address, version), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<UnreadStream> request(URI address, String version) throws IOException {
        var stream = new UnreadStream();
        // Before it connects, as TCP would otherwise announce a larger window
        stream.socket.setReceiveBufferSize(RECEIVE_BUFFER);
        stream.socket.setSoTimeout(PATIENCE_MILLIS);
        stream.socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        var request = "GET " + address.getRawPath() + "?" + address.getRawQuery() + " " + version
                + "\r\nHost: localhost\r\n\r\n";
        stream.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        if (stream.readUntil("HTTP/").get(0).contains(" 200 ")) {
            return Optional.of(stream);
        }
        stream.close();
        return Optional.empty();
    }

    /** Reads line by line, until a line starts with this text. */
    List<String> readUntil(String start) throws IOException {
        var lines = new ArrayList<String>();
        String line;
        do {
            line = input().readLine();
            if (line == null) {
                throw new EOFException("The stream ended before " + start);
            }
            lines.add(line);
        } while (!line.startsWith(start));
        return lines;
    }

    /** Reads the remaining lines, until the server ends the stream. */
    List<String> readLines() throws IOException {
        return input().lines().toList();
    }

    /** Discards the rest, and returns when the server has ended the stream. */
    void readToEnd() throws IOException {
        try {
            input().transferTo(Writer.nullWriter());
        } catch (SocketException e) {
            // Reset rather than closed: ended all the same
        }
    }

    private BufferedReader input() throws IOException {
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }
        return reader;
    }

    /** Resets the connection: what the operating system has buffered is discarded, and the server is told so. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
