package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;

/** Several writers and clients at once, at random: every event is one committed state, and the last one is the truth. */
class RandomWritesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITERS = 3;
    private static final int TRANSACTIONS = 150;
    private static final int ORDERS = 40;
    private static final int VISITS = 60;
    private static final int CLIENTS = 12;
    private static final BigDecimal SUM = new BigDecimal(ORDERS * 100);

    @RegisterExtension
    final Livespan livespan = new Livespan();

    /** Two moments of this test's year. */
    private record Window(String from, String to) {}

    @Test
    void whatever_is_written_each_event_adds_up_and_all_end_with_the_same() throws Exception {
        long seed = Long.getLong("livespan.test.seed", System.nanoTime());
        System.out.println("Random writes: -Dlivespan.test.seed=" + seed);
        livespan.execute("insert into orders (customer, amount, status, created_at) select 'n' || n, 100, 'new', '"
                + livespan.day("01-01") + "'::timestamptz + n * interval '9 days' from generate_series(1, " + ORDERS
                + ") n");
        var all = livespan.open("01-01", "12-31");

        var writers = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < WRITERS; i++) {
            var random = new Random(seed + i);
            writers.add(CompletableFuture.runAsync(() -> write(random)));
        }
        Map<EventStream, Window> clients = comeAndGo(new Random(seed - 1));
        writers.forEach(CompletableFuture::join);
        clients.put(all, new Window(livespan.day("01-01T00:00:00Z"), livespan.day("12-31T23:59:59.999999Z")));

        for (var client : clients.entrySet()) {
            agreesWithPsql(client.getKey(), client.getValue());
        }
        assertThat(all.events())
                .as("seed " + seed)
                .hasSizeGreaterThan(2)
                .allSatisfy(event -> assertThat(Rows.sumOfAmounts(event.data())).isEqualByComparingTo(SUM));
        assertThat(all.events()).extracting(EventStream.Frame::id).doesNotContainNull();
    }

    private void write(Random random) {
        try (Connection connection = TestDatabase.get().connect()) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                Sql.execute(connection, transaction(random).toArray(String[]::new));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Each leaves the sum of the year as it was; the rows are locked in one order, so that none ends in a deadlock. */
    private List<String> transaction(Random random) {
        var one = order(random.nextInt(ORDERS));
        var other = order(random.nextInt(ORDERS));
        var lock = "select 1 from orders where id in (" + one + ", " + other + ") order by id for update";
        var moved = moment(random);
        int amount = random.nextInt(100);
        return switch (random.nextInt(5)) {
            case 0 -> List.of("update orders set created_at = '" + moved + "' where id = " + one);
            case 1 ->
                List.of(
                        "begin",
                        "insert into orders (customer, amount, status, created_at) values ('plus', " + amount
                                + ", 'new', '" + moved + "')",
                        "insert into orders (customer, amount, status, created_at) values ('minus', -" + amount
                                + ", 'new', '" + moment(random) + "')",
                        random.nextBoolean() ? "commit" : "rollback");
            case 2 -> List.of("begin", "delete from orders where id = " + one, "rollback");
            default ->
                List.of(
                        "begin",
                        lock,
                        "update orders set amount = amount - " + amount + " where id = " + one,
                        "update orders set amount = amount + " + amount + ", created_at = '" + moved + "' where id = "
                                + other,
                        "commit");
        };
    }

    private String order(int n) {
        return "(select id from orders where customer = 'n" + (n + 1) + "' and created_at between '"
                + livespan.day("01-01") + "' and '" + livespan.day("12-31") + "')";
    }

    /** @return who stayed */
    private Map<EventStream, Window> comeAndGo(Random random) {
        var clients = new LinkedHashMap<EventStream, Window>();
        for (int i = 0; i < VISITS; i++) {
            var one = moment(random);
            var other = moment(random);
            var window = one.compareTo(other) < 0 ? new Window(one, other) : new Window(other, one);
            clients.put(livespan.openAt(livespan.stream("startDate", window.from(), "endDate", window.to())), window);
            if (clients.size() > CLIENTS) {
                var leaving = new ArrayList<>(clients.keySet()).get(random.nextInt(CLIENTS));
                clients.remove(leaving);
                leaving.close();
            }
        }
        return clients;
    }

    private String moment(Random random) {
        return livespan.day(
                "%02d-%02dT%02d:00:00Z".formatted(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24)));
    }

    private void agreesWithPsql(EventStream client, Window window) throws Exception {
        var plain = Http.get(livespan.rows("startDate", window.from(), "endDate", window.to()))
                .body();
        assertThat(livespan.isTable(plain, window.from(), window.to())).isTrue();
        await().atMost(PATIENCE)
                .until(() -> client.last() != null && client.last().data().equals(plain));
    }
}
