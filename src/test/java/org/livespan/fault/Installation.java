package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.livespan.appserver.Source;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;

/**
 * One node, one database and the network between them, shared by the tests of this package. Each test begins with an empty
 * table {@code readings} and everything well, and must leave it so: the node was alive all the time, its streams are open,
 * it is ready again, and no session of it is left over.
 */
final class Installation implements BeforeEachCallback, AfterEachCallback {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long the node waits for an answer from the database. */
    static final Duration ANSWER = Duration.ofSeconds(8);

    static final Duration PROBE = Duration.ofSeconds(2);

    private static final Namespace NAMESPACE = Namespace.create(Installation.class);
    private static final int FIRST_DATABASE_PORT = 18_850;
    private static final int POOL = 16;

    /**
     * Those that read, as many that wait for the listener meanwhile, and one each that checks the tables, audits, proves that
     * the listener hears, waits for it on behalf of new windows and plain requests, prepares plain results, asks
     * about values of filters, and checks the pool.
     */
    private static final int DATABASE_THREADS = 4 + 4 + 1 + 1 + 1 + 1 + 1 + 1 + 1;

    /** A feed whose rows are slow to read, beside the readings. */
    private static final String[] SLOW_FEED = {
        "livespan.feeds=readings,slow",
        "livespan.feeds.slow.table=public.slow",
        "livespan.feeds.slow.date-column=at",
        "livespan.feeds.slow.key=id",
        "livespan.feeds.slow.watched=public.delays"
    };

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
                database.run(Path.of("src", "test", "resources", "slow.sql"));
                var network = Network.to(database.port(), FreePort.from(database.port() + 1));
                return new Shared(database, network, startNode("faults", database, network.port(), SLOW_FEED));
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
        readings().create();
        node().awaitReady();
        await("all was said of what an earlier test did to the table")
                .atMost(PATIENCE)
                .until(this::isSaidToBeWell);
        liveness = closedAfterwards(Liveness.watch(node()));
        firstLine = node().lines();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        network().restore();
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

    private boolean isSaidToBeWell() throws IOException {
        List<String> said = node().logged("Feed readings ", 0);
        return said.isEmpty() || said.get(said.size() - 1).contains("has recovered");
    }

    private void assertAllIsWell() throws IOException {
        await("ready again").atMost(PATIENCE).until(node()::isReady);
        await("the threads that read have their turns")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node().get("/health/live").body())
                        .containsPattern("\"refreshTurnSeconds\":\"?1?\\d\\b"));
        await("one session listens, and no more than the pool holds others")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(sessions("livespan-listener"))
                            .isEqualTo(Source.ofThisRun().sessions());
                    assertThat(sessions("livespan")).isLessThanOrEqualTo(POOL);
                });
        assertThat(node().threads("livespan-listener"))
                .hasSize(Source.ofThisRun().threads());
        assertThat(node().threads("livespan-database")).hasSizeBetween(1, DATABASE_THREADS);
        assertThat(watchers).noneMatch(Watcher::hasEnded);
        assertThat(liveness.failures()).isEmpty();
    }

    /** Starts a node on a database that it reaches through this port. */
    static Node startNode(String name, EmbeddedDatabase database, int port, String... more) throws IOException {
        return Node.start(name, settings(database, "localhost:" + port, more));
    }

    /** @param hosts {@code host:port}, several separated by commas */
    static List<String> settings(EmbeddedDatabase database, String hosts, String... more) {
        return Stream.concat(
                        Stream.of(
                                "livespan.db.url=jdbc:postgresql://" + hosts + "/livespan",
                                "livespan.db.user=" + database.user(),
                                "livespan.db.password=" + database.password(),
                                "livespan.db.check-interval=PT1S",
                                "livespan.db.query-timeout=PT7S",
                                "livespan.db.socket-timeout=" + ANSWER.toSeconds(),
                                "livespan.listener.probe-interval=" + PROBE,
                                "livespan.stream.heartbeat=PT1S",
                                "livespan.stream.stale-after=PT2S",
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

    /** A client of the readings between two dates, as the API takes them; closed after the test. */
    Watcher watch(String start, String end) throws Exception {
        return watch(stream(start, end));
    }

    /** @param stream the path of a stream of whole results */
    Watcher watch(String stream) throws Exception {
        var watcher = closedAfterwards(Watcher.open(node().at(stream), null));
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

    /** From now on, the node need not say that it is alive. */
    void expectTheNodeToHang() {
        liveness.close();
    }

    <T extends AutoCloseable> T closedAfterwards(T resource) {
        toClose.add(0, resource);
        return resource;
    }

    /** The table, written and queried past the network. */
    Readings readings() {
        return new Readings(database());
    }

    int sessions(String application) throws SQLException {
        return Integer.parseInt(readings().query(SESSIONS, application));
    }

    /** The lines with this text that the node logged during this test. */
    List<String> logged(String text) throws IOException {
        return node().logged(text, firstLine);
    }
}
