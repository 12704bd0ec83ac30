package org.livespan.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
 * A database that changes by more than statements on a watched table, and nodes that use it as a role that may only read.
 * Each test begins with a schema {@code plant} that has a table {@code readings} and views of it.
 *
 * <p>One node checks the catalogue every second and audits only once an hour; the other one audits everything every few
 * seconds.
 */
final class Plant implements BeforeEachCallback, AfterEachCallback {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final String READER = "reader";

    private static final Namespace NAMESPACE = Namespace.create(Plant.class);
    private static final int FIRST_DATABASE_PORT = 18_870;

    /** As that role sees it, in the order of a result. */
    private static final String SHOWN = """
            select cast(? as jsonb) = coalesce(jsonb_agg(to_jsonb(one.*) order by one.at, one.id), '[]') from %s one""";

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private Shared shared;
    private long firstLineWatching;
    private long firstLineAuditing;

    /** What outlives a test. */
    private record Shared(EmbeddedDatabase database, Node watching, Node auditing) implements AutoCloseable {

        static Shared start() {
            try {
                var database = new EmbeddedDatabase(
                        Path.of("target", "postgres", "plant"), FreePort.from(FIRST_DATABASE_PORT));
                Runtime.getRuntime().addShutdownHook(new Thread(database::close, "plant-database-stop"));
                database.start();
                database.run(Path.of("sql", "livespan.sql"));
                Readings sql = new Readings(database);
                sql.execute(
                        "create role " + READER + " login replication", "create role crew", "grant crew to " + READER);
                create(sql);
                // One after the other, as each takes a free port
                Node watching = node("watching", database, "livespan.audit.interval=PT1H")
                        .awaitReady();
                return new Shared(database, watching, node("auditing", database, "livespan.audit.interval=PT2S"));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("There is no plant", e);
            }
        }

        @Override
        public void close() {
            watching.close();
            auditing.close();
            database.close();
        }
    }

    /** Starts a node whose database user is the role that may only read. */
    static Node node(String name, EmbeddedDatabase database, String... more) throws IOException {
        return Installation.startNode(
                name,
                database,
                database.port(),
                Stream.concat(
                                Stream.of(
                                        "livespan.db.user=" + READER,
                                        "livespan.feeds=readings,shown,expiring,totals",
                                        "livespan.feeds.readings.table=plant.readings",
                                        "livespan.feeds.readings.date-column=at",
                                        "livespan.feeds.shown.table=plant.shown",
                                        "livespan.feeds.shown.date-column=at",
                                        "livespan.feeds.shown.key=id",
                                        "livespan.feeds.shown.watched=plant.readings",
                                        "livespan.feeds.expiring.table=plant.expiring",
                                        "livespan.feeds.expiring.date-column=at",
                                        "livespan.feeds.expiring.key=id",
                                        "livespan.feeds.expiring.watched=plant.readings",
                                        "livespan.feeds.totals.table=plant.totals",
                                        "livespan.feeds.totals.date-column=at",
                                        "livespan.feeds.totals.key=id"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void create(Readings sql) throws SQLException {
        sql.execute(
                "begin",
                // It locks tables before views, and the nodes that read them the other way round: then a node has to
                // give way
                "set local deadlock_timeout = '1min'",
                "drop schema if exists plant cascade",
                "create schema plant",
                "grant usage on schema plant to crew",
                "create type plant.mood as enum ('not yet noticed', 'glad')",
                "create table plant.readings (id int primary key, at timestamptz, note text, mood plant.mood)",
                "insert into plant.readings select n, timestamptz '2026-05-01Z' + n * interval '1 hour', 'note ' || n, 'not yet noticed'"
                        + " from generate_series(1, 20) n",
                "create function plant.spoken(text) returns text language sql immutable return upper($1)",
                "create view plant.inner_view as select id, at, plant.spoken(note) as note from plant.readings",
                "create view plant.shown as select * from plant.inner_view",
                "create view plant.expiring as select id, at from plant.readings where now() - at > interval '0'",
                "create materialized view plant.totals as select id, at, note from plant.readings",
                "create unique index on plant.totals (id)",
                "grant select on all tables in schema plant to crew",
                "select livespan.watch('plant.readings', 'at')",
                "select livespan.publish('plant.readings')",
                "commit");
    }

    /**
     * Renames a label, and waits until both nodes have detected that, and so all before it, and no stream is stale because of
     * an earlier test.
     */
    private void settle() throws Exception {
        var clients = new ArrayList<Watcher>();
        for (Node node : List.of(watching(), auditing())) {
            for (String feed : List.of("readings", "shown", "expiring", "totals")) {
                clients.add(Watcher.open(node.at(stream(feed)), null));
            }
        }
        execute("alter type plant.mood rename value 'not yet noticed' to 'sad'");
        await("both nodes show the new label")
                .atMost(PATIENCE)
                .until(() -> showsNewLabel(clients.get(0)) && showsNewLabel(clients.get(4)));
        await("fresh").atMost(PATIENCE).until(() -> clients.stream().noneMatch(Plant::isStale));
        clients.forEach(Watcher::close);
    }

    private static boolean showsNewLabel(Watcher client) {
        return client.shown() != null && client.shown().contains("sad");
    }

    private static boolean isStale(Watcher client) {
        return !client.told().isEmpty()
                && client.told().get(client.told().size() - 1).equals("stale");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> Shared.start(), Shared.class);
        create(sql());
        watching().awaitReady();
        auditing().awaitReady();
        settle();
        firstLineWatching = watching().lines();
        firstLineAuditing = auditing().lines();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : toClose) {
            resource.close();
        }
    }

    EmbeddedDatabase database() {
        return shared.database();
    }

    /** The node that detects what the catalogue shows, and no more. */
    Node watching() {
        return shared.watching();
    }

    /** The node that audits all rows it holds. */
    Node auditing() {
        return shared.auditing();
    }

    Readings sql() {
        return new Readings(shared.database());
    }

    /** Runs statements as the owner of everything. */
    void execute(String... statements) throws SQLException {
        sql().execute(statements);
    }

    /** A client of all rows of a feed; closed after the test. */
    Watcher watch(Node node, String feed) throws Exception {
        var watcher = closedAfterwards(Watcher.open(node.at(stream(feed)), null));
        await("the first result").atMost(PATIENCE).until(() -> watcher.shown() != null);
        return watcher;
    }

    static String stream(String feed) {
        return "/livespan/api/feeds/" + feed + "/stream?startDate=2026-01-01&endDate=2026-12-31";
    }

    static String rows(String feed) {
        return "/livespan/api/feeds/" + feed + "?startDate=2026-01-01&endDate=2026-12-31";
    }

    <T extends AutoCloseable> T closedAfterwards(T resource) {
        toClose.add(0, resource);
        return resource;
    }

    /** Waits until the client shows what psql shows to the role that may only read. */
    void awaitShown(Watcher watcher, String relation) {
        await("the client shows what psql shows").atMost(PATIENCE).until(() -> isShown(watcher.shown(), relation));
    }

    boolean isShown(String json, String relation) throws SQLException {
        try (Connection connection = database().connect()) {
            try (var role = connection.createStatement()) {
                role.execute("set role " + READER);
            }
            try (var statement = connection.prepareStatement(SHOWN.formatted(relation))) {
                statement.setString(1, json);
                try (var answer = statement.executeQuery()) {
                    return answer.next() && answer.getBoolean(1);
                }
            }
        }
    }

    /** The lines with this text that {@link #watching} logged during this test. */
    List<String> logged(String text) throws IOException {
        return watching().logged(text, firstLineWatching);
    }

    List<String> loggedByAuditing(String text) throws IOException {
        return auditing().logged(text, firstLineAuditing);
    }
}
