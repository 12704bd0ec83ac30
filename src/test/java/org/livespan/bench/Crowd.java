package org.livespan.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ten thousand clients that connect at once, and what they cost while idle; compared with {@link BareStreams} on the same server. */
final class Crowd {

    private static final int CLIENTS = 10_000;
    private static final int WARM_UP = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Until all have had a heartbeat; twice that until the server has detected by heartbeats that they are gone. */
    private static final int PAUSE_SECONDS = 8;

    private static final String WINDOW = Orders.hours(22);

    private Crowd() {}

    static void measure(Setting setting) throws Exception {
        var report = setting.report().under("10,000 clients: ");
        try (var server = Servers.livespan(setting.database(), "1g")) {
            measure(server, WINDOW, report);
        }
        try (var server = Servers.bareApplication("1g")) {
            measure(server, "/bare/api/stream", report.under("JAX-RS resource that does nothing: "));
        }
        try (var server = Servers.bareApplication("1g")) {
            measure(server, "/bare/servlet", report.under("servlet that does nothing: "));
        }
    }

    private static void measure(MeasuredServer server, String path, Report report) throws Exception {
        connect(server, path, WARM_UP, () -> {});
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        long live = server.liveBytes();
        long resident = server.residentBytes();
        double cold = connect(server, path, CLIENTS, () -> {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            report.add("live heap of an idle one, KB", (server.liveBytes() - live) / 1e3 / CLIENTS, 18);
            report.add("RSS of an idle one, KB", (server.residentBytes() - resident) / 1e3 / CLIENTS, 25);
        });
        TimeUnit.SECONDS.sleep(2 * PAUSE_SECONDS);
        report.add("live heap that is left when they are gone, KB each", (server.liveBytes() - live) / 1e3 / CLIENTS);
        double before = server.cpu().seconds();
        double again = connect(server, path, CLIENTS, () -> {});
        double used = server.cpu().seconds() - before;
        report.add("connecting at once to a server just started, seconds until all have their first event", cold);
        report.add("connecting at once again, seconds until all have their first event", again);
        report.add("… server CPU µs each", 1e6 * used / CLIENTS);
    }

    private interface Idling {
        void pass() throws Exception;
    }

    private static double connect(MeasuredServer server, String path, int clients, Idling idling) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(clients);
        List<String> paths = Collections.nCopies(clients, path);
        long begin = System.nanoTime();
        try (var load = new SseLoad(server.port(), paths, arrivals)) {
            long[] times = arrivals.await(PATIENCE);
            idling.pass();
            load.requireAll();
            return (times[clients - 1] - begin) / 1e9;
        }
    }
}
