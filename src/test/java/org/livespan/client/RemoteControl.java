package org.livespan.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.livespan.page.PageServer;

/** Lets a test outside this JVM control the server and its database: one POST for each action, answered when it is done. */
final class RemoteControl implements AutoCloseable {

    private final HttpServer http;

    private interface Deed {
        void with(String body) throws Exception;
    }

    RemoteControl(PageServer server) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, Deed> deeds = Map.of(
                "/execute", server::execute,
                "/kill-server", body -> server.kill(),
                "/start-server", body -> server.start(),
                "/stop-database", body -> server.stopDatabase(),
                "/start-database", body -> server.startDatabase());
        deeds.forEach((path, deed) -> http.createContext(path, exchange -> answer(exchange, deed)));
        http.start();
    }

    private static void answer(HttpExchange exchange, Deed deed) throws IOException {
        try (exchange) {
            try {
                deed.with(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                exchange.sendResponseHeaders(204, -1);
            } catch (Exception e) {
                byte[] reason = e.toString().getBytes(UTF_8);
                exchange.sendResponseHeaders(500, reason.length);
                exchange.getResponseBody().write(reason);
            }
        }
    }

    String address() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
