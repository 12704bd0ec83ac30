package org.livespan.server;

import static java.net.HttpURLConnection.HTTP_OK;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/**
 * The server that the tests share, or the one with brief streams beside it, started by the first test that needs it.
 * Each test has its own year in the table of orders, so that no test sees the rows of another.
 */
final class Livespan implements BeforeEachCallback, AfterEachCallback {

    /** The limits of this server, small enough to be reached. */
    static final int CLIENTS = 100;

    static final int WINDOW_ROWS = 2_000;

    static final int FEED_ROWS = 10_000;

    static final long UNSENT_BYTES = 48 << 20;

    /** The maximum age of a stream on the server with brief streams. */
    static final Duration BRIEF = Duration.ofSeconds(4);

    /** How many clients that server admits. */
    static final int MANY_CLIENTS = 2_000;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Namespace NAMESPACE = Namespace.create(Livespan.class);
    private static final AtomicInteger YEARS = new AtomicInteger(3_000);

    private final String name;
    private final List<String> settings;
    private ServerProcess server;
    private Connection connection;
    private int year;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    Livespan() {
        this("shared", "livespan.limits.clients=" + CLIENTS);
    }

    private Livespan(String name, String... settings) {
        this.name = name;
        this.settings = List.of(settings);
    }

    /** Another server, with short-lived streams and seats for many clients. */
    static Livespan ofBriefStreams() {
        return new Livespan("brief", "livespan.limits.clients=" + MANY_CLIENTS, "livespan.stream.max-age=" + BRIEF);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        var outermost = context.getRequiredTestClass().getNestHost();
        if (!outermost.isAnnotationPresent(OnSharedServer.class)) {
            throw new IllegalStateException(outermost + " has to be annotated: @OnSharedServer");
        }
        server = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(name, same -> start(), ServerProcess.class);
        year = YEARS.incrementAndGet();
        connection = TestDatabase.get().connect();
        await("the server has recovered from the test before").atMost(PATIENCE).until(this::isWell);
    }

    /** Whether its listener is connected and the connections of its pool work. */
    private boolean isWell() throws IOException, InterruptedException {
        return Http.get(server.health("ready")).statusCode() == HTTP_OK
                && get("01-01", "01-01").statusCode() == HTTP_OK;
    }

    private ServerProcess start() {
        var all = new ArrayList<>(List.of(
                "livespan.demo=true",
                "livespan.demo.interval=PT0S",
                "livespan.limits.window-rows=" + WINDOW_ROWS,
                "livespan.limits.feed-rows=" + FEED_ROWS,
                "livespan.limits.unsent-bytes=" + UNSENT_BYTES,
                // A change without a notification stays undetected, so that tests see what is notified
                "livespan.db.check-interval=PT1H",
                "livespan.audit.interval=PT0S",
                "livespan.stream.heartbeat=PT1S",
                "livespan.stream.send-timeout=PT5S"));
        all.addAll(settings);
        try {
            return TestServer.start(name, TestDatabase.get(), all.toArray(String[]::new));
        } catch (IOException e) {
            throw new IllegalStateException("The server could not be started", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : toClose) {
            resource.close();
        }
        reconnect();
        execute("delete from orders where created_at between '" + day("01-01") + "' and '" + year
                + "-12-31 23:59:59+00'");
        connection.close();
    }

    /** {@code 11-23} as a date of this test's year; {@code 11-23T08:00:00Z} is fine too. */
    String day(String monthAndDay) {
        return year + "-" + monthAndDay;
    }

    ServerProcess server() {
        return server;
    }

    /** Runs statements, each in its own transaction unless one has been begun. */
    void execute(String... statements) throws SQLException {
        Sql.execute(connection, statements);
    }

    /** The first column of the first row, as text. */
    String query(String sql, Object... parameters) throws SQLException {
        return Sql.query(connection, sql, parameters);
    }

    /** To be called after an outage of the database. */
    void reconnect() throws SQLException {
        connection.close();
        connection = TestDatabase.get().connect();
    }

    Connection connection() {
        return connection;
    }

    /** Changes orders without a notification from the triggers. */
    void executeUnnoticed(String... statements) throws SQLException {
        Sql.executeUnnoticed(connection, statements);
    }

    /** Inserts an order at noon UTC on this day of the test's year. */
    void order(String customer, String monthAndDay) throws SQLException {
        orderAt(customer, day(monthAndDay) + " 12:00:00+00");
    }

    /** Inserts this many orders of about this many bytes each, in the middle of May. */
    void largeOrders(int number, int bytes) throws SQLException {
        execute("insert into orders (customer, amount, status, created_at) select repeat('x', " + bytes
                + "), n, 'new', '" + day("05-15") + "' from generate_series(1, " + number + ") n");
    }

    void orderAt(String customer, String moment) throws SQLException {
        query(Sql.INSERT, customer, moment);
    }

    /** The address of a plain result of the orders; parameters are names and values, alternating. */
    URI rows(String... parameters) {
        return at("feeds/orders" + Http.query(parameters));
    }

    URI stream(String... parameters) {
        return at("feeds/orders/stream" + Http.query(parameters));
    }

    URI at(String pathAndQuery) {
        return server.api().resolve(pathAndQuery);
    }

    /** The current result between two dates, as {@link #day} takes them. */
    HttpResponse<String> get(String from, String to) throws IOException, InterruptedException {
        return Http.get(rows("startDate", day(from), "endDate", day(to)));
    }

    /** A client of the window between two dates, as {@link #day} takes them; closed after the test. */
    EventStream open(String from, String to, String... headers) {
        return openAt(stream("startDate", day(from), "endDate", day(to)), headers);
    }

    /** Waits for a seat if those of clients that have left are not free yet; closed after the test. */
    EventStream openAt(URI address, String... headers) {
        return closedAfterwards(Clients.hold(1, address, headers)).admitted().get(0);
    }

    <T extends AutoCloseable> T closedAfterwards(T resource) {
        toClose.add(resource);
        return resource;
    }

    /**
     * Whether a result equals, value by value and in order, what the same query gives in psql; both moments are
     * inclusive.
     */
    boolean isTable(String json, String from, String to) throws SQLException {
        return Sql.isTable(connection, json, from, to);
    }
}
