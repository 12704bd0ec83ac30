package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.Source;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/**
 * A node that learns of changes from the log alone, as it neither checks the catalogue nor audits. Whatever is written to tables of
 * many kinds, clients end with what psql shows. {@code -Dlivespan.test.rounds} sets how long, and {@code -Dlivespan.test.seed}
 * repeats the choices.
 */
@TakesLong
class OnlyTheLogIT {

    private static final int ROUNDS = Integer.getInteger("livespan.test.rounds", 12);
    private static final int STATEMENTS = 6;
    private static final long SEED = Long.getLong("livespan.test.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Clients watch these, each of another span, so that rows move between them. */
    private static final List<List<String>> SPANS =
            List.of(List.of("2026-01-01", "2026-03-31"), List.of("2026-04-01", "2026-06-30"));

    private static TestDatabase database;
    private static Node node;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        var settings = new ArrayList<>(List.of(
                Source.WAL.setting(),
                "livespan.db.url=" + database.url(),
                "livespan.db.user=" + database.user(),
                "livespan.db.password=" + database.password(),
                "livespan.db.check-interval=PT1H",
                "livespan.audit.interval=PT0S",
                "livespan.feeds=" + LogTable.ALL.stream().map(LogTable::name).collect(Collectors.joining(","))));
        var sql = new Readings(database);
        sql.execute("create schema logged");
        for (LogTable table : LogTable.ALL) {
            sql.execute(table.create().toArray(String[]::new));
            sql.execute("select livespan.publish('logged." + table.name() + "')");
            settings.addAll(table.settings());
        }
        node = Node.start("only-the-log", settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        node.close();
        database.close();
    }

    @Test
    void clients_end_with_what_psql_shows_for_every_kind_of_table_and_write() throws Exception {
        System.out.println("Only the log: -Dlivespan.test.seed=" + SEED + " for " + ROUNDS + " rounds");
        Map<Watcher, String> clients = new LinkedHashMap<>();
        for (LogTable table : LogTable.ALL) {
            for (List<String> span : SPANS) {
                var address = node.at("/livespan/api/feeds/" + table.name() + "/stream?startDate=" + span.get(0)
                        + "&endDate=" + span.get(1));
                clients.put(Watcher.open(address, null), truth(table, span));
            }
        }
        var sql = new Readings(database);
        var written = new ArrayList<String>();
        int n = 1;
        for (int round = 0; round < ROUNDS; round++) {
            written.clear();
            for (LogTable table : LogTable.ALL) {
                for (int i = 0; i < STATEMENTS; i++, n += 2) {
                    var statements = table.next(random, n);
                    written.addAll(statements);
                    sql.execute(statements.toArray(String[]::new));
                }
            }
            for (var client : clients.entrySet()) {
                await("seed " + SEED + ", after " + written)
                        .atMost(PATIENCE)
                        .until(() -> "t"
                                .equals(sql.query(
                                        client.getValue(), client.getKey().shown())));
            }
        }
        assertThat(clients.keySet()).noneMatch(Watcher::hasEnded);
        assertThat(node.logged("Not listening", 0)).isEmpty();
        clients.keySet().forEach(Watcher::close);
    }

    private static String truth(LogTable table, List<String> span) {
        return "select cast(? as jsonb) = coalesce(jsonb_agg(to_jsonb(r) order by " + table.date() + ", " + table.keys()
                + "), '[]') from logged." + table.name() + " r where cast(" + table.date() + " as date) between '"
                + span.get(0) + "' and '" + span.get(1) + "'";
    }
}
