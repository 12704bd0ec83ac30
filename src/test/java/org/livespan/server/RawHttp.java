package org.livespan.server;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Requests that Java's own client would not send, and their answers (RFC 9112). */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 30_000;

    private RawHttp() {}

    /**
     * An answer, as far as it arrived before the connection ended.
     *
     * @param headers by name, in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {

        private static Answer parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            String[] head = text.substring(0, end).split("\r\n");
            Map<String, String> headers = Arrays.stream(head)
                    .skip(1)
                    .map(line -> line.split(":\\s*", 2))
                    .collect(toMap(
                            field -> field[0].toLowerCase(Locale.ROOT), field -> field[1], (a, b) -> a + "," + b));
            return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, text.substring(end + 4));
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** @param lines of the request, without {@code Connection: close} */
    static Answer send(int port, String... lines) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
