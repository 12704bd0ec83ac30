package org.livespan.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The memory that a held row takes on the server's heap beside its JSON: many rows, one client, compared with before. */
final class RowMemory {

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final int DAYS = 1_000;
    private static final int ROWS = 100 * DAYS;
    private static final int PAUSE_SECONDS = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private RowMemory() {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            measure(server, setting.orders(), setting.report());
        }
    }

    private static void measure(MeasuredServer server, Orders orders, Report report) throws Exception {
        orders.add(LATER, ROWS);
        // These load what is loaded once for all rows
        hold(server, Orders.windows(1, 1, "&mode=changes"));
        long before = server.liveBytes();
        Held held = hold(server, List.of(Orders.window(LATER, DAYS, "&mode=changes")));
        double perRow = (double) (held.live() - before) / ROWS;
        double json = (double) held.sent() / ROWS;
        report.add("memory of a held row, bytes", perRow, Double.NaN, "%.0f of them its JSON".formatted(json));
        report.add("memory of a held row beside its JSON, bytes", perRow - json, 80);
    }

    private record Held(long live, long sent) {}

    private static Held hold(MeasuredServer server, List<String> paths) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(1);
        try (var load = new SseLoad(server.port(), paths, arrivals)) {
            arrivals.await(PATIENCE);
            // Past the next heartbeat, so that nothing of the event itself is left
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            return new Held(server.liveBytes(), load.bytes());
        }
    }
}
