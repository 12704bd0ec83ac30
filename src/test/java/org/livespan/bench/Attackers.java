package org.livespan.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Hostile clients, each as fast as it can, in a separate process. When its standard input ends, it prints how often each
 * attack was repeated, and exits.
 */
final class Attackers {

    private static final int UNREAD = 60;
    private static final int READS = 16;
    private static final int UNREAD_SECONDS = 3;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int UNANSWERED_MILLIS = 100;
    private static final int DAYS = 28;
    private static final int NOTIFICATIONS = 1_000;

    private static final List<String> MALFORMED = List.of(
            "GET /livespan/api/feeds/orders?startDate=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /livespan/api/feeds/orders HTTP/1.1\r\nHost: \r\nAccept: ;;;\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
            "\0\1\2\3\r\n\r\n");

    private final PGSimpleDataSource database;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private interface Step {
        void take() throws IOException, InterruptedException, SQLException;
    }

    private Attackers(PGSimpleDataSource database, int port) {
        this.database = database;
        this.port = port;
    }

    /** Arguments: the database's URL, user and password, the server's port, the names of the attacks. */
    public static void main(String[] args) throws Exception {
        var database = new PGSimpleDataSource();
        database.setUrl(args[0]);
        database.setUser(args[1]);
        database.setPassword(args[2]);
        var attackers = new Attackers(database, Integer.parseInt(args[3]));
        var done = new LinkedHashMap<Attack, AtomicLong>();
        for (String name : List.of(args).subList(4, args.length)) {
            var attack = Attack.valueOf(name);
            done.put(attack, attackers.repeat(attack));
        }
        System.in.readAllBytes();
        System.out.println(done);
        System.exit(0);
    }

    private AtomicLong repeat(Attack attack) {
        var times = new AtomicLong();
        var thread = new Thread(() -> repeat(step(attack), times), attack.name());
        thread.setDaemon(true);
        thread.start();
        return times;
    }

    private Step step(Attack attack) {
        return switch (attack) {
            case OPEN_AND_CLOSE -> this::openAndClose;
            case PLAIN_GETS -> this::readManyPlainly;
            case UNREAD_GETS -> () -> leaveUnread("");
            case UNREAD_STREAMS -> () -> leaveUnread("/stream");
            case MALFORMED_REQUESTS -> this::sendWhatCannotBeRead;
            case FORGED_NOTIFICATIONS -> () -> forgeNotifications("realtime");
            case UNHEARD_NOTIFICATIONS -> () -> forgeNotifications("elsewhere");
        };
    }

    private static void repeat(Step step, AtomicLong times) {
        while (true) {
            try {
                step.take();
                times.incrementAndGet();
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
        }
    }

    private void readManyPlainly() {
        var asked = IntStream.range(0, READS)
                .mapToObj(i -> HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path("", i)))
                        .build())
                .map(request -> client.sendAsync(request, BodyHandlers.discarding()))
                .toList();
        asked.forEach(answer -> answer.handle((response, failure) -> response).join());
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
                socket.setSoTimeout(UNANSWERED_MILLIS);
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                // Some get no answer
            }
        }
    }

    /** Sends a thousand on one connection. */
    private void forgeNotifications(String channel) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (int i = 0; i < NOTIFICATIONS; i++) {
                statement.execute("select pg_notify('" + channel + "', 'garbage " + i + "')");
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

    /** A different window of some 400 KB for each number. */
    private static String path(String kind, int i) {
        String window = Orders.windows(i + 1, DAYS, "").get(i);
        return window.replace("/stream?", kind + "?");
    }
}
