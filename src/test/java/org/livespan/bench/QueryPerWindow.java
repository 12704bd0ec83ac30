package org.livespan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What Livespan is compared with: the simplest correct server. Whenever a notification arrives, it runs one query for each
 * window, renders the rows, and writes the whole result to the client; four connections, a thread each.
 */
final class QueryPerWindow {

    private static final int CONNECTIONS = 4;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    private final ThreadLocal<Connection> connection = ThreadLocal.withInitial(this::connect);
    private final Map<Socket, Window> windows = new ConcurrentHashMap<>();

    /** A client's window; a refresh that already waits stands for later ones, too. */
    private record Window(Socket client, String start, String end, AtomicBoolean waiting) {}

    private QueryPerWindow(String url, String user, String password) {
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("query-per-window");
    }

    public static void main(String[] args) throws Exception {
        var server = new QueryPerWindow(args[0], args[1], args[2]);
        var listener = new Thread(server::listen, "listener");
        listener.setDaemon(true);
        listener.start();
        server.accept(Integer.parseInt(args[3]));
    }

    private Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept(int port) throws IOException {
        try (var server = new ServerSocket(port, 4096)) {
            while (true) {
                var client = server.accept();
                pool.execute(() -> open(client));
            }
        }
    }

    private void open(Socket client) {
        try {
            client.setTcpNoDelay(true);
            var request = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            var line = request.readLine();
            if (line == null) {
                client.close();
                return;
            }
            var dates = line.split("startDate=|&endDate=| HTTP/");
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var window = new Window(client, dates[1], dates[2], new AtomicBoolean());
            windows.put(client, window);
            refresh(window);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (var listening = connect();
                var statement = listening.createStatement()) {
            statement.execute("listen realtime");
            while (true) {
                if (listening.unwrap(PGConnection.class).getNotifications(0).length > 0) {
                    windows.values().forEach(this::refresh);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refresh(Window window) {
        if (window.waiting().compareAndSet(false, true)) {
            pool.execute(() -> {
                window.waiting().set(false);
                send(window);
            });
        }
    }

    private void send(Window window) {
        try {
            var event = "data: " + result(window) + "\n\n";
            synchronized (window) {
                window.client().getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            windows.remove(window.client());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String result(Window window) throws SQLException {
        var json = new StringBuilder("[");
        try (var query = connection
                .get()
                .prepareStatement("select id, customer, amount, status, created_at, updated_at from orders"
                        + " where created_at between cast(? as timestamptz) and cast(? as timestamptz)"
                        + " order by created_at, id")) {
            query.setString(1, window.start());
            query.setString(2, window.end());
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    json.append(json.length() == 1 ? "{\"id\":" : ",{\"id\":")
                            .append(row.getLong(1))
                            .append(",\"customer\":\"")
                            .append(row.getString(2))
                            .append("\",\"amount\":")
                            .append(row.getBigDecimal(3))
                            .append(",\"status\":\"")
                            .append(row.getString(4))
                            .append("\",\"created_at\":\"")
                            .append(row.getString(5))
                            .append("\",\"updated_at\":\"")
                            .append(row.getString(6))
                            .append("\"}");
                }
            }
        }
        return json.append(']').toString();
    }
}
