package org.livespan.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.livespan.database.TestDatabase;

/** A thousand different windows, while eight connections commit as fast as they can, each change in all of the windows. */
final class Sustained {

    private static final int WINDOWS = 1_000;
    private static final int DAYS = 30;
    private static final int WRITERS = 8;
    private static final Duration FOR = Duration.ofSeconds(Integer.getInteger("livespan.bench.sustained.seconds", 30));
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Setting setting;
    private final AtomicInteger commits = new AtomicInteger();

    private Sustained(Setting setting) {
        this.setting = setting;
    }

    static void measure(Setting setting) throws Exception {
        for (Heard heard : List.of(Heard.NOTIFY, Heard.WAL)) {
            heard.prepare(setting.orders());
            new Sustained(setting).measure(heard);
        }
        Heard.NOTIFY.prepare(setting.orders());
    }

    private void measure(Heard heard) throws Exception {
        Report report = setting.report().under("1,000 windows, sustained changes, " + heard.title() + ": ");
        write(WARM_UP, new Lags());
        report.add("commits a second while nobody watches", write(FOR, new Lags()));
        setting.orders().clearMarks();
        try (var server = Servers.livespan(setting.database(), "1g", heard.settings())) {
            var lags = new Lags();
            lags.expect(WINDOWS);
            try (var load = new SseLoad(server.port(), Orders.windows(WINDOWS, DAYS, "&mode=changes"), lags)) {
                lags.await(PATIENCE);
                write(WARM_UP, lags);
                awaitLast(lags);
                lags.reset();
                long events = lags.events();
                double before = server.cpu().seconds();
                report.add("commits a second", write(FOR, lags));
                report.add("all clients have the last change after, ms", awaitLast(lags));
                load.requireAll();
                report.add("lag, p50, ms", lags.percentile(50));
                report.add("lag, p99, ms", lags.percentile(99), 1_000);
                report.add("events a client and second", (lags.events() - events) / (double) WINDOWS / FOR.toSeconds());
                report.add("server CPU, cores", (server.cpu().seconds() - before) / FOR.toSeconds());
            }
        }
    }

    /** @return the commits of a second */
    private double write(Duration time, Lags lags) throws Exception {
        commits.set(0);
        long end = System.nanoTime() + time.toNanos();
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Object>> work = new ArrayList<>();
            work.add(() -> mark(end, lags));
            for (int i = 1; i < WRITERS; i++) {
                int row = i;
                work.add(() -> update(setting.database(), row, end));
            }
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        return commits.get() / (double) time.toSeconds();
    }

    private Object mark(long end, Lags lags) throws SQLException {
        while (System.nanoTime() - end < 0) {
            lags.sent(setting.orders().nextMark());
            setting.orders().writeMark();
            commits.incrementAndGet();
        }
        return null;
    }

    private Object update(TestDatabase database, int row, long end) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("set log_statement = 'none'");
            try (var update = connection.prepareStatement(
                    "update orders set amount = amount + 1 where id = (select id from orders where created_at > '"
                            + Orders.MIDST + "' order by created_at offset " + row + " limit 1)")) {
                while (System.nanoTime() - end < 0) {
                    update.executeUpdate();
                    commits.incrementAndGet();
                }
            }
        }
        return null;
    }

    /** @return after how many milliseconds all clients have one more change, which comes after all others */
    private double awaitLast(Lags lags) throws Exception {
        lags.expectMark(setting.orders().nextMark());
        long begin = System.nanoTime();
        setting.orders().writeMark();
        lags.await(PATIENCE);
        return (System.nanoTime() - begin) / 1e6;
    }
}
