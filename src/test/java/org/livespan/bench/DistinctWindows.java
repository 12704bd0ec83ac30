package org.livespan.bench;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A thousand different windows of thirty days, and an order a second that lies in all of them. */
final class DistinctWindows {

    private static final int WINDOWS = 1_000;
    private static final int DAYS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP = 5;
    private static final int CHANGES = Integer.getInteger("livespan.bench.changes", 15);

    /** Fewer, because one takes seconds. */
    private static final int CHANGES_COMPARED = Math.min(CHANGES, 3);

    private final Setting setting;
    private final CpuTime database;

    private DistinctWindows(Setting setting) throws Exception {
        this.setting = setting;
        this.database = CpuTime.of(setting.database());
    }

    static void measure(Setting setting) throws Exception {
        var windows = new DistinctWindows(setting);
        try (var server = Servers.livespan(setting.database(), "1g")) {
            windows.measure(server, distinct("&mode=changes"), CHANGES, "changes: ", SseClient::new);
        }
        try (var server = Servers.livespan(setting.database(), "1g")) {
            windows.measure(server, distinct(""), CHANGES_COMPARED, "results: ", SseClient::new);
        }
        try (var server = Servers.livespan(setting.database(), "1g")) {
            windows.measure(server, distinct(""), CHANGES_COMPARED, "results, gzip: ", GzipSseClient::new);
        }
        // It sends all clients the same window, for which it asks the database once
        String one = Orders.windows(1, DAYS, "").get(0);
        try (var server = Servers.bareLoop(setting.database(), one)) {
            var same = Collections.nCopies(WINDOWS, one);
            windows.measure(server, same, CHANGES_COMPARED, "bare loop, all the same: ", SseClient::new);
        }
        try (var server = Servers.queryPerWindow(setting.database())) {
            windows.measure(server, distinct(""), CHANGES_COMPARED, "a query each: ", SseClient::new);
        }
    }

    /** @param mode the end of the clients' addresses */
    private static List<String> distinct(String mode) {
        return Orders.windows(WINDOWS, DAYS, mode);
    }

    /**
     * @param paths the clients' addresses
     * @param changes how many are counted, after a few to warm up
     */
    private void measure(
            MeasuredServer server,
            List<String> paths,
            int changes,
            String name,
            BiFunction<SocketChannel, String, SseClient> client)
            throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(WINDOWS);
        try (var load = new SseLoad(server.port(), paths, arrivals, client)) {
            arrivals.await(PATIENCE);
            var inserts = new Inserts(setting.orders(), arrivals);
            inserts.measure(WARM_UP);
            long position = setting.log().position();
            double serverBefore = server.cpu().seconds();
            double databaseBefore = database.seconds();
            Latencies latencies = inserts.measure(changes);
            double serverUsed = server.cpu().seconds() - serverBefore;
            double databaseUsed = database.seconds() - databaseBefore;
            var statements = setting.log().since(position, server.name());
            load.requireAll();

            var report = setting.report().under("1,000 windows, " + name);
            report.add("statements a change", total(statements) / changes, 3, kinds(statements, changes));
            report.add("commit to the median client, p50, ms", latencies.middleClient());
            report.add("commit to the last client, p50, ms", latencies.lastClient());
            report.add("server CPU ms a change", 1000 * serverUsed / changes);
            report.add("database CPU ms a change", 1000 * databaseUsed / changes);
        }
    }

    private static double total(Map<String, Integer> statements) {
        return statements.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String kinds(Map<String, Integer> statements, int changes) {
        return statements.entrySet().stream()
                .map(kind -> "%s %.1f".formatted(kind.getKey(), (double) kind.getValue() / changes))
                .collect(Collectors.joining(", "));
    }
}
