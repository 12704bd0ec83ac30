package org.livespan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.livespan.database.TestDatabase;

/** What hostile clients do, each as fast as it can, until they are closed. */
final class Attackers implements AutoCloseable {

    private static final int UNREAD = 60;
    private static final int READS = 16;
    private static final int UNREAD_SECONDS = 3;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int DAYS = 28;

    private static final List<String> MALFORMED = List.of(
            "GET /livespan/api/feeds/orders?startDate=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /livespan/api/feeds/orders HTTP/1.1\r\nHost: \r\nAccept: ;;;\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
            "\0\1\2\3\r\n\r\n");

    private final int port;
    private final TestDatabase database;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong visits = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong notifications = new AtomicLong();
    private volatile boolean over;

    private interface Step {
        void take() throws IOException, InterruptedException, SQLException;
    }

    Attackers(int port, TestDatabase database) {
        this.port = port;
        this.database = database;
        repeat(this::openAndClose);
        repeat(this::readManyPlainly);
        repeat(() -> leaveUnread(""));
        repeat(() -> leaveUnread("/stream"));
        repeat(this::sendWhatCannotBeRead);
        repeat(this::forgeNotifications);
    }

    private void repeat(Step step) {
        var thread = new Thread(() -> run(step), "attacker");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void run(Step step) {
        while (!over) {
            try {
                step.take();
            } catch (IOException | SQLException e) {
                // Refused, or cut off: it tries again
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void openAndClose() throws IOException {
        try (var socket = ask(path("/stream", 1))) {
            socket.getInputStream().read();
            visits.incrementAndGet();
        }
    }

    private void readManyPlainly() {
        var asked = IntStream.range(0, READS)
                .mapToObj(i -> HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path("", i)))
                        .build())
                .map(request -> client.sendAsync(request, BodyHandlers.discarding()))
                .toList();
        asked.forEach(answer ->
                answer.handle((response, failure) -> reads.incrementAndGet()).join());
    }

    private void leaveUnread(String kind) throws IOException, InterruptedException {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < UNREAD; i++) {
                sockets.add(ask(path(kind, i / 2)));
            }
            TimeUnit.SECONDS.sleep(UNREAD_SECONDS);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void sendWhatCannotBeRead() throws IOException {
        for (String request : MALFORMED) {
            try (var socket = send(request)) {
                socket.getInputStream().read();
            }
        }
    }

    private void forgeNotifications() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            while (!over) {
                statement.execute("select pg_notify('realtime', 'garbage " + notifications.incrementAndGet() + "')");
            }
        }
    }

    private Socket ask(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private Socket send(String request) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoLinger(true, 0);
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** No two the same, of some 400 KB. */
    private static String path(String kind, int i) {
        String window = Orders.windows(i + 1, DAYS, "").get(i);
        return window.replace("/stream?", kind + "?");
    }

    /** Streams that were opened and closed, plain results asked for, and notifications sent, so far. */
    List<Long> counts() {
        return List.of(visits.get(), reads.get(), notifications.get());
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(ANSWER_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
