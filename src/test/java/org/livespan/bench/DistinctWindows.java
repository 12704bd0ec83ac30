package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A thousand windows of thirty days, no two the same, and an order a second that lies in all of them. */
final class DistinctWindows {

    private static final int WINDOWS = 1_000;
    private static final int DAYS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP = 5;

    private final Orders orders;
    private final StatementLog log;
    private final CpuTime database;

    DistinctWindows(Orders orders, StatementLog log, CpuTime database) {
        this.orders = orders;
        this.log = log;
        this.database = database;
    }

    /**
     * @param mode the end of the clients' addresses
     * @param changes how many are counted, after a few to warm up
     */
    void measure(MeasuredServer server, String mode, int changes, String prefix, Report report) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(WINDOWS);
        try (var load = new SseLoad(server.port(), Orders.windows(WINDOWS, DAYS, mode), arrivals)) {
            arrivals.await(PATIENCE);
            for (int i = 0; i < WARM_UP; i++) {
                write(arrivals);
            }
            var half = new double[changes];
            var last = new double[changes];
            long position = log.position();
            double serverBefore = server.cpu().seconds();
            double databaseBefore = database.seconds();
            for (int i = 0; i < changes; i++) {
                double[] millis = write(arrivals);
                half[i] = millis[WINDOWS / 2];
                last[i] = millis[WINDOWS - 1];
            }
            double serverUsed = server.cpu().seconds() - serverBefore;
            double databaseUsed = database.seconds() - databaseBefore;
            var statements = log.since(position, server.name());
            load.requireAll();

            report.add(prefix + "statements a change", total(statements) / changes, kinds(statements, changes));
            report.add(prefix + "commit to the median client, p50, ms", median(half), "");
            report.add(prefix + "commit to the last client, p50, ms", median(last), "");
            report.add(prefix + "server CPU ms a change", 1000 * serverUsed / changes, "");
            report.add(prefix + "database CPU ms a change", 1000 * databaseUsed / changes, "");
        }
    }

    /** One order, and how long after the INSERT was sent each client had it, in order; returns a second after it began. */
    private double[] write(Arrivals arrivals) throws Exception {
        arrivals.expectMark(orders.nextMark());
        long begin = System.nanoTime();
        orders.writeMark();
        double[] millis = Arrays.stream(arrivals.await(PATIENCE))
                .mapToDouble(time -> (time - begin) / 1e6)
                .toArray();
        TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - begin));
        return millis;
    }

    private static double total(Map<String, Integer> statements) {
        return statements.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String kinds(Map<String, Integer> statements, int changes) {
        return statements.entrySet().stream()
                .map(kind -> "%s %.1f".formatted(kind.getKey(), (double) kind.getValue() / changes))
                .collect(Collectors.joining(", "));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
