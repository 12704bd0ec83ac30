package org.livespan.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One client, and a change a second from the start of the server, as in a small installation after a restart. The benchmark does
 * not warm it up: how much of the code of a change is compiled is part of what is measured, with and without {@code
 * livespan.warm-up}.
 */
final class OneClient {

    private static final int FIRST = 10;
    private static final int NEXT = 60;
    private static final int THEN = 2 * Integer.getInteger("livespan.bench.changes", 15);
    private static final String WINDOW = Orders.hours(22);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private OneClient() {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            measure(server, setting.orders(), setting.report().under("one client: "));
        }
        setting.orders().clearMarks();
        try (var server = Servers.livespan(setting.database(), "1g", Map.of("livespan.warm-up", "PT0S"))) {
            measure(server, setting.orders(), setting.report().under("one client without warm-up: "));
        }
        setting.orders().clearMarks();
        try (var server = Servers.bareLoop(setting.database(), WINDOW)) {
            measure(server, setting.orders(), setting.report().under("one client of the bare loop: "));
        }
        setting.orders().clearMarks();
        try (var server = Servers.nchan(setting.database(), WINDOW).orElse(null)) {
            if (server != null) {
                measure(server, setting.orders(), setting.report().under("one client of nchan: "));
            }
        }
    }

    private static void measure(MeasuredServer server, Orders orders, Report report) throws Exception {
        server.settle();
        var arrivals = new Arrivals();
        arrivals.expect(1);
        try (var load = new SseLoad(server.port(), List.of(WINDOW), arrivals)) {
            arrivals.await(PATIENCE);
            var inserts = new Inserts(orders, arrivals);
            report.add("the first change, ms", inserts.measure(1).percentile(50));
            report.add(
                    "p50 of the next " + FIRST + " changes, ms",
                    inserts.measure(FIRST).percentile(50));
            inserts.measure(NEXT);
            double before = server.cpu().seconds();
            Latencies latencies = inserts.measure(THEN);
            double used = server.cpu().seconds() - before;
            load.requireAll();
            String then = " from change " + (FIRST + NEXT + 1) + " on";
            report.add("p50, ms," + then, latencies.percentile(50), 5);
            report.add("server CPU ms a change" + then, 1_000 * used / THEN, 5);
        }
    }
}
