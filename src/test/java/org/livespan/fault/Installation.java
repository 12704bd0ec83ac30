package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;

/**
 * One node, one database and the network between, shared by the tests of this package, each of which begins with an empty
 * table {@code readings} and everything well, and has to leave it so: the node was alive all the time, its streams are open,
 * it is ready again, and no session of it is left over.
 */
final class Installation implements BeforeEachCallback, AfterEachCallback {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration PROBE = Duration.ofSeconds(2);

    private static final Namespace NAMESPACE = Namespace.create(Installation.class);
    private static final int FIRST_PORT = 18_800;
    private static final int FIRST_DATABASE_PORT = 18_850;
    private static final int POOL = 16;

    private static final String SHOWN = """
            select cast(? as jsonb) = coalesce(jsonb_agg(to_jsonb(r) order by r.taken_at, r.id), '[]')
              from readings r where r.taken_at >= cast(? as timestamptz) and r.taken_at <= cast(? as timestamptz)""";

    private static final String SESSIONS =
            "select count(*) from pg_stat_activity where application_name = ? and datname = current_database()";

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private Shared shared;
    private Liveness liveness;
    private long firstLine;

    /** What outlives a test. */
    private record Shared(EmbeddedDatabase database, Network network, Node node) implements AutoCloseable {

        static Shared start() {
            try {
                var database = new EmbeddedDatabase(
                        Path.of("target", "postgres", "faults"), FreePort.from(FIRST_DATABASE_PORT));
                Runtime.getRuntime().addShutdownHook(new Thread(database::close, "fault-database-stop"));
                database.start();
                database.run(Path.of("sql", "livespan.sql"));
                var network = Network.to(database.port(), FreePort.from(database.port() + 1));
                return new Shared(database, network, startNode("faults", database, network.port()));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("There is nothing to break", e);
            }
        }

        @Override
        public void close() throws IOException {
            node.close();
            network.close();
            database.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> Shared.start(), Shared.class);
        execute(
                "drop table if exists readings",
                "create table readings (id bigint generated always as identity primary key,"
                        + " taken_at timestamptz not null, value numeric)",
                "select livespan.watch('readings', 'taken_at')");
        node().awaitReady();
        liveness = closedAfterwards(Liveness.watch(node()));
        firstLine = node().lines();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        network().mend();
        database().start();
        try {
            if (context.getExecutionException().isEmpty()) {
                assertAllIsWell();
            }
        } finally {
            for (AutoCloseable resource : toClose) {
                resource.close();
            }
        }
    }

    private void assertAllIsWell() {
        await("ready again").atMost(PATIENCE).until(node()::isReady);
        await("one session listens, and no more than the pool holds others")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(sessions("livespan-listener")).isEqualTo(1);
                    assertThat(sessions("livespan")).isLessThanOrEqualTo(POOL);
                });
        assertThat(watchers).noneMatch(Watcher::hasEnded);
        assertThat(liveness.failures()).isEmpty();
    }

    /** A node on a database that it reaches by that port. */
    static Node startNode(String name, EmbeddedDatabase database, int port, String... more) throws IOException {
        return Node.start(name, FreePort.from(FIRST_PORT), settings(database, "localhost:" + port, more));
    }

    /** @param hosts {@code host:port}, several with commas between */
    static List<String> settings(EmbeddedDatabase database, String hosts, String... more) {
        return Stream.concat(
                        Stream.of(
                                "livespan.db.url=jdbc:postgresql://" + hosts + "/livespan",
                                "livespan.db.user=" + database.user(),
                                "livespan.db.password=" + database.password(),
                                "livespan.db.check-interval=PT1S",
                                "livespan.listener.probe-interval=" + PROBE,
                                "livespan.stream.heartbeat=PT1S",
                                "livespan.zone=Europe/Berlin",
                                "livespan.feeds=readings",
                                "livespan.feeds.readings.table=public.readings",
                                "livespan.feeds.readings.date-column=taken_at",
                                "livespan.feeds.readings.key=id"),
                        Stream.of(more))
                .toList();
    }

    EmbeddedDatabase database() {
        return shared.database();
    }

    Network network() {
        return shared.network();
    }

    Node node() {
        return shared.node();
    }

    /** A client of the window between two dates, as the API takes them; closed after the test. */
    Watcher watch(String start, String end) throws Exception {
        var watcher = closedAfterwards(Watcher.open(node().at(stream(start, end)), null));
        watchers.add(watcher);
        await("the first result").atMost(PATIENCE).until(() -> watcher.shown() != null);
        return watcher;
    }

    static String stream(String start, String end) {
        return "/livespan/api/feeds/readings/stream?startDate=" + encoded(start) + "&endDate=" + encoded(end);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    <T extends AutoCloseable> T closedAfterwards(T resource) {
        toClose.add(0, resource);
        return resource;
    }

    /** A reading at that moment. */
    void read(String moment) throws SQLException {
        execute("insert into readings (taken_at, value) values ('" + moment + "', random())");
    }

    /** Straight to the database, past the network, each statement in a transaction of its own unless one was begun. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = database().connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String query(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database().connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    int sessions(String application) throws SQLException {
        return Integer.parseInt(query(SESSIONS, application));
    }

    /** Whether the client shows what psql shows between two moments that PostgreSQL can read, both inclusive. */
    boolean isTrue(Watcher watcher, String first, String last) throws SQLException {
        return "t".equals(query(SHOWN, watcher.shown(), first, last));
    }

    /** Waits until the client shows what psql shows, and says how long that took. */
    Duration awaitTruth(Duration atMost, Watcher watcher, String first, String last) {
        Instant begin = Instant.now();
        await("the client shows what psql shows").atMost(atMost).until(() -> isTrue(watcher, first, last));
        return Duration.between(begin, Instant.now());
    }

    /** The lines the node logged during this test that hold this text. */
    List<String> logged(String text) throws IOException {
        return node().logged(text, firstLine);
    }
}
