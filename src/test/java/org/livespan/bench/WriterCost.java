package org.livespan.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.livespan.database.TestDatabase;

/**
 * What writers pay: one connection and eight that insert an order a transaction, and an INSERT of 100,000. A server watches a window
 * in which nothing changes; without a source there is no server. The sources take turns.
 */
final class WriterCost {

    private static final int ROUNDS = Integer.getInteger("livespan.bench.rounds", 5);
    private static final Duration FOR = Duration.ofSeconds(4);
    private static final String BULK = "insert into orders (customer, amount, created_at)"
            + " select 'bulk', n % 500, timestamptz '2028-01-01Z' + n * interval '1 min' from generate_series(1, 100000) n";
    private static final String ONE =
            "insert into orders (customer, amount, created_at) values ('one', 1, timestamptz '2028-01-01Z')";

    private final Setting setting;
    private final Map<Heard, List<double[]>> figures = new EnumMap<>(Heard.class);

    private WriterCost(Setting setting) {
        this.setting = setting;
    }

    static void measure(Setting setting) throws Exception {
        new WriterCost(setting).measure();
    }

    private void measure() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < Heard.values().length; turn++) {
                Heard heard = Heard.values()[(round + turn) % Heard.values().length];
                heard.prepare(setting.orders());
                double[] measured = heard == Heard.NONE ? write() : writeBesideServer(heard);
                figures.computeIfAbsent(heard, key -> new ArrayList<>()).add(measured);
                System.out.println("  round " + round + ", " + heard.title() + ": " + Arrays.toString(measured));
                setting.orders().removeFrom(Instant.parse("2028-01-01T00:00:00Z"));
            }
        }
        Heard.NOTIFY.prepare(setting.orders());
        report("commits a second of one connection", 0);
        report("commits a second of eight connections", 1);
        report("rows a second of an INSERT of 100,000", 2);
    }

    private void report(String what, int place) {
        Report report = setting.report().under(what + ": ");
        double none = median(Heard.NONE, place);
        report.add("none", none);
        report.add("notify", median(Heard.NOTIFY, place));
        report.add("wal", median(Heard.WAL, place));
        report.add("notify, share of none", median(Heard.NOTIFY, place) / none);
        report.add("wal, share of none", median(Heard.WAL, place) / none, 0.95);
    }

    private double median(Heard heard, int place) {
        double[] sorted = figures.get(heard).stream()
                .mapToDouble(one -> one[place])
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private double[] writeBesideServer(Heard heard) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(1);
        try (var server = Servers.livespan(setting.database(), "256m", heard.settings());
                var load = new SseLoad(server.port(), List.of(Orders.days(2)), arrivals)) {
            arrivals.await(Duration.ofSeconds(30));
            server.settle();
            double[] measured = write();
            load.requireAll();
            return measured;
        }
    }

    private double[] write() throws Exception {
        return new double[] {commits(1), commits(8), bulk()};
    }

    private double commits(int connections) throws Exception {
        var commits = new AtomicInteger();
        long end = System.nanoTime() + FOR.toNanos();
        var threads = Executors.newFixedThreadPool(connections);
        try {
            Callable<Object> work = () -> {
                try (var connection = quiet(setting.database());
                        var insert = connection.prepareStatement(ONE)) {
                    while (System.nanoTime() - end < 0) {
                        insert.executeUpdate();
                        commits.incrementAndGet();
                    }
                }
                return null;
            };
            for (Future<Object> done : threads.invokeAll(Collections.nCopies(connections, work))) {
                done.get();
            }
        } finally {
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
        return commits.get() / (double) FOR.toSeconds();
    }

    private double bulk() throws Exception {
        try (var connection = quiet(setting.database());
                var insert = connection.createStatement()) {
            var seconds = new double[3];
            for (int i = 0; i < seconds.length; i++) {
                long begin = System.nanoTime();
                insert.executeUpdate(BULK);
                seconds[i] = (System.nanoTime() - begin) / 1e9;
                TimeUnit.SECONDS.sleep(3); // until it has been read, as this machine is theirs, too
            }
            Arrays.sort(seconds);
            return 100_000 / seconds[1];
        }
    }

    private static Connection quiet(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        try (var statement = connection.createStatement()) {
            statement.execute("set log_statement = 'none'");
        }
        return connection;
    }
}
