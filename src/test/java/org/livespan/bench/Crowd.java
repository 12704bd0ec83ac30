package org.livespan.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ten thousand clients that connect at once, and what they cost while idle. */
final class Crowd {

    private static final int CLIENTS = 10_000;
    private static final int WARM_UP = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Until all have had a heartbeat; twice that until the server has detected by heartbeats that they are gone. */
    private static final int PAUSE_SECONDS = 8;

    private static final String WINDOW = Orders.hours(22);

    private Crowd() {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            connect(server, WARM_UP, () -> {});
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            long live = server.liveBytes();
            long resident = server.residentBytes();
            var report = setting.report().under("10,000 clients: ");
            double cold = connect(server, CLIENTS, () -> {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                report.add("live heap of an idle one, KB", (server.liveBytes() - live) / 1e3 / CLIENTS, 20);
                report.add("RSS of an idle one, KB", (server.residentBytes() - resident) / 1e3 / CLIENTS);
            });
            TimeUnit.SECONDS.sleep(2 * PAUSE_SECONDS);
            report.add(
                    "live heap that is left when they are gone, KB each", (server.liveBytes() - live) / 1e3 / CLIENTS);
            double again = connect(server, CLIENTS, () -> {});
            report.add("connecting at once to a server just started, seconds until all have their first event", cold);
            report.add("connecting at once again, seconds until all have their first event", again);
        }
    }

    private interface Idling {
        void pass() throws Exception;
    }

    private static double connect(MeasuredServer server, int clients, Idling idling) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(clients);
        List<String> paths = Collections.nCopies(clients, WINDOW);
        long begin = System.nanoTime();
        try (var load = new SseLoad(server.port(), paths, arrivals)) {
            long[] times = arrivals.await(PATIENCE);
            idling.pass();
            load.requireAll();
            return (times[clients - 1] - begin) / 1e9;
        }
    }
}
