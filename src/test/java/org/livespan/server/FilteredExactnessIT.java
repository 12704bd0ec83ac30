package org.livespan.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Digest;
import org.livespan.security.Issuer;

/**
 * Writers move rows between values and spans at once, while clients with filters and with claims come and go: every event is one committed
 * state with the digest of its own rows, and the last one is what the database holds. {@code -Dlivespan.test.seconds} sets the
 * duration, and {@code -Dlivespan.test.seed} repeats the random choices.
 */
class FilteredExactnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SECONDS = Long.getLong("livespan.test.seconds", 8);
    private static final long SEED = Long.getLong("livespan.test.seed", System.nanoTime());
    private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);
    private static final int DAYS = 60;
    private static final int ACCOUNTS = 20;
    private static final int ROWS = 200;
    private static final int WRITERS = 3;
    private static final int CLIENTS = 12;
    private static final int PAUSE_MILLIS = 60;
    private static final List<String> CUSTOMERS = List.of("Ada", "aDA", "Emmy", "EMMY", "Grace", "Mary");
    private static final List<String> STATUSES = List.of("new", "paid", "sent", "");

    /** Of all accounts of a customer together. */
    private static final BigDecimal TOTAL = new BigDecimal("1000.00");

    private static final Issuer ISSUER = Issuer.rsa("one");
    private static final String CLAIM = "customers";

    private static FilteredServer server;

    private final Random random = new Random(SEED);
    private final List<Client> clients = new ArrayList<>();
    private volatile long until;

    @BeforeAll
    static void start() throws Exception {
        server = FilteredServer.secured("filtered", ISSUER, CLAIM);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_event_is_a_committed_state_and_every_client_ends_with_the_rows_of_the_database() throws Exception {
        System.out.println("Filtered exactness: -Dlivespan.test.seed=" + SEED + " for " + SECONDS + " s");
        server.execute("insert into tagged (id, day, status, customer, amount) select g, date '2001-01-01' + g % "
                + DAYS + ", 'new', (array['Ada', 'Emmy'])[1 + g % 2], 100 from generate_series(1, " + ACCOUNTS + ") g");
        until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var writers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 1; i <= WRITERS; i++) {
            var writer = new Random(SEED + i);
            writers.add(CompletableFuture.supplyAsync(() -> write(writer)));
        }
        int visits = 0;
        while (goesOn()) {
            if (clients.size() < CLIENTS) {
                clients.add(new Client(random));
                visits++;
            } else {
                clients.remove(random.nextInt(CLIENTS)).close();
            }
            clients.forEach(Client::look);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS));
        }
        int transactions = writers.stream().mapToInt(CompletableFuture::join).sum();
        int events = 0;
        for (Client client : clients) {
            String truth = server.rows("tagged", "day", client.condition);
            await(client.toString()).atMost(PATIENCE).until(() -> truth.equals(client.json()));
            assertThat(client.plain()).isEqualTo(truth);
            client.look();
            events += client.seen;
            client.close();
        }
        System.out.printf("Filtered exactness: %d transactions, %d clients, %d events%n", transactions, visits, events);
    }

    private boolean goesOn() {
        return System.nanoTime() < until;
    }

    private int write(Random choices) {
        int transactions = 0;
        try (var connection = server.database().connect()) {
            connection.setAutoCommit(false);
            while (goesOn()) {
                transaction(connection, choices);
                connection.commit();
                transactions++;
            }
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void transaction(Connection connection, Random choices) throws SQLException {
        // All writers lock in the same order
        Sql.execute(connection, "select pg_advisory_xact_lock(1)");
        int id = ACCOUNTS + 1 + choices.nextInt(ROWS);
        switch (choices.nextInt(8)) {
            case 0 -> Sql.execute(connection, "delete from tagged where id = " + id);
            case 1 ->
                Sql.execute(
                        connection,
                        "update tagged set status = " + oneOf(STATUSES, choices) + ", day = " + day(choices)
                                + " where id between " + id + " and " + (id + 20));
            case 2, 3, 4 -> transfer(connection, choices);
            default ->
                Sql.execute(
                        connection,
                        "insert into tagged (id, day, status, customer, amount) values (" + id + ", " + day(choices)
                                + ", "
                                + oneOf(STATUSES, choices) + ", " + oneOf(CUSTOMERS, choices)
                                + ", 0) on conflict (id) do update set day = excluded.day, status = excluded.status,"
                                + " customer = excluded.customer");
        }
    }

    /** In two statements, between two accounts of one customer, whose name may be spelled differently afterwards. */
    private static void transfer(Connection connection, Random choices) throws SQLException {
        int one = 1 + choices.nextInt(ACCOUNTS);
        int other = 1 + (one + 1) % ACCOUNTS;
        int amount = choices.nextInt(9);
        Sql.execute(
                connection,
                "update tagged set amount = amount - " + amount + ", day = " + day(choices) + ", customer = "
                        + (choices.nextBoolean() ? "upper" : "lower") + "(customer) where id = " + one,
                "update tagged set amount = amount + " + amount + ", status = " + oneOf(STATUSES, choices)
                        + " where id = " + other);
    }

    private static String day(Random choices) {
        return "date '" + FIRST.plusDays(choices.nextInt(DAYS)) + "'";
    }

    private static String oneOf(List<String> values, Random choices) {
        String value = values.get(choices.nextInt(values.size()));
        return value.isEmpty() ? "null" : "'" + value + "'";
    }

    /** A window, and what it has shown. */
    private static final class Client {

        private final String path;
        private final String condition;
        private final boolean changes;
        private final String authorization;
        private final EventStream stream;
        private final FilteredRows rows = new FilteredRows();
        private boolean isSum;
        private int seen;

        Client(Random random) throws Exception {
            var asked = new ArrayList<String>();
            var meant = new ArrayList<String>();
            isSum = random.nextBoolean();
            LocalDate start = isSum ? FIRST : FIRST.plusDays(random.nextInt(DAYS));
            LocalDate end = isSum ? FIRST.plusDays(DAYS) : start.plusDays(random.nextInt(DAYS));
            asked.add("startDate=" + start + "&endDate=" + end);
            meant.add("day between '" + start + "' and '" + end + "'");
            List<String> customers = customers(random);
            boolean bound = !customers.isEmpty() && random.nextBoolean();
            if (!customers.isEmpty()) {
                meant.add("customer in ('" + String.join("', '", customers) + "')");
            }
            if (!bound) {
                customers.forEach(customer -> asked.add("customer=" + customer));
            }
            isSum &= customers.size() == 1
                    && customers.get(0).toLowerCase(Locale.ROOT).matches("ada|emmy");
            if (random.nextInt(3) == 0) {
                isSum = false;
                asked.add("status=new&status.is=null");
                meant.add("(status = 'new' or status is null)");
            }
            path = (bound ? "bound%s?" : "tagged%s?") + String.join("&", asked);
            condition = String.join(" and ", meant);
            authorization = "Bearer " + ISSUER.token(claims -> bound ? claims.claim(CLAIM, customers) : claims);
            changes = random.nextBoolean();
            stream = EventStream.open(
                    server.at(path.formatted("/stream") + (changes ? "&mode=changes&positions=true" : "")),
                    "Authorization",
                    authorization);
            assertThat(stream.status()).isEqualTo(200);
        }

        private static List<String> customers(Random random) {
            return random.ints(random.nextInt(3), 0, CUSTOMERS.size())
                    .distinct()
                    .mapToObj(CUSTOMERS::get)
                    .toList();
        }

        /** The rows now, by a plain request. */
        String plain() throws Exception {
            return server.get(path.formatted(""), "Authorization", authorization)
                    .body();
        }

        /** Checks the events that have come. */
        synchronized void look() {
            List<Frame> events = stream.events();
            for (; seen < events.size(); seen++) {
                Frame event = events.get(seen);
                rows.take(event);
                assertThat(rows.digest()).as(this + ": " + event).isEqualTo(event.id());
                if (isSum) {
                    assertThat(rows.sum("amount")).as(this + ": " + event).isEqualByComparingTo(TOTAL);
                }
            }
        }

        String json() {
            look();
            return rows.json();
        }

        void close() {
            stream.close();
        }

        @Override
        public String toString() {
            return "seed " + SEED + ", " + condition + ", " + path.formatted("") + (changes ? ", changes" : "");
        }
    }

    /** Rows in the order in which positions put them. */
    private static final class FilteredRows {

        private final List<String> rows = new ArrayList<>();

        void take(Frame event) {
            if (!"change".equals(event.name())) {
                rows.clear();
                rows.addAll(JsonText.pieces(event.data()));
                return;
            }
            List<String> upserted = JsonText.pieces(JsonText.member(event.data(), "upserted"));
            List<String> removed = JsonText.pieces(JsonText.member(event.data(), "removed"));
            List<String> after = JsonText.pieces(JsonText.member(event.data(), "after"));
            Set<String> gone = new HashSet<>(removed);
            upserted.forEach(row -> gone.add(id(row)));
            rows.removeIf(row -> gone.contains(id(row)));
            for (int i = 0; i < upserted.size(); i++) {
                String before = after.get(i);
                int place = before.equals("null") ? 0 : 1 + ids().indexOf(before);
                assertThat(before.equals("null") || place > 0)
                        .as("it follows a row of the window")
                        .isTrue();
                rows.add(place, upserted.get(i));
            }
        }

        private List<String> ids() {
            return rows.stream().map(FilteredRows::id).toList();
        }

        /** It is the first member. */
        private static String id(String row) {
            return row.substring(row.indexOf(':') + 1, row.indexOf(','));
        }

        String digest() {
            return rows.stream()
                    .map(row -> Digest.of(row.getBytes(UTF_8), row.getBytes(UTF_8).length))
                    .reduce(Digest.NONE, Digest::plus)
                    .toString();
        }

        BigDecimal sum(String member) {
            return rows.stream()
                    .map(row -> new BigDecimal(JsonText.member(row, member)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        String json() {
            return "[" + String.join(",", rows) + "]";
        }
    }
}
