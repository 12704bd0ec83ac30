package org.livespan.bench;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.function.BiFunction;

/**
 * One window of 18 KB, thousands of clients, an order a second; compared with the lower bound, {@link BareLoop}, and with {@link
 * Nchan} where it is installed.
 */
final class OneWindow {

    /** The most first: with fewer, the measurement would end before the compilers have finished. */
    private static final int[] CLIENTS = {10_000, 5_000, 1_000};

    private static final int CHANGES = Integer.getInteger("livespan.bench.changes", 15);
    private static final int WARM_UP = 30;
    private static final String WINDOW = Orders.hours(22);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private OneWindow() {}

    private record Figures(
            double connected, Latencies latencies, double eventsPerClient, double bytesPerEvent, double cpuMicros) {

        void report(Report report) {
            report.add("seconds until all that connect at once have their first event", connected);
            report.add("events for a client and change", eventsPerClient);
            report.add("bytes of an event", bytesPerEvent);
            report.add("p50, ms", latencies.percentile(50));
            report.add("p95, ms", latencies.percentile(95));
            report.add("p99, ms", latencies.percentile(99));
            report.add("last client, ms", latencies.lastClient());
            report.add("server CPU µs an event", cpuMicros);
        }
    }

    static void measure(Setting setting) throws Exception {
        try (var livespan = Servers.livespan(setting.database(), "1g");
                var limit = Servers.bareLoop(setting.database(), WINDOW);
                var nchan = Servers.nchan(setting.database(), WINDOW).orElse(null)) {
            for (int clients : CLIENTS) {
                var report = setting.report().under("%,d clients on one window: ".formatted(clients));
                Figures ours = measure(livespan, clients, setting.orders(), SseClient::new);
                ours.report(report);
                measure(livespan, clients, setting.orders(), GzipSseClient::new).report(report.under("gzip, "));
                Figures bare = measure(limit, clients, setting.orders(), SseClient::new);
                bare.report(report.under("bare loop, "));
                report.add("server CPU, times the bare loop's", ours.cpuMicros() / bare.cpuMicros(), 2.5);
                if (nchan != null) {
                    Figures other = measure(nchan, clients, setting.orders(), SseClient::new);
                    other.report(report.under("nchan, "));
                    report.add(
                            "last client, times nchan's",
                            ours.latencies().lastClient() / other.latencies().lastClient(),
                            1);
                }
            }
        }
    }

    private static Figures measure(
            MeasuredServer server, int clients, Orders orders, BiFunction<SocketChannel, String, SseClient> client)
            throws Exception {
        orders.clearMarks();
        var arrivals = new Arrivals();
        arrivals.expect(clients);
        long begin = System.nanoTime();
        try (var load = new SseLoad(server.port(), Collections.nCopies(clients, WINDOW), arrivals, client)) {
            long[] times = arrivals.await(PATIENCE);
            var inserts = new Inserts(orders, arrivals);
            inserts.warmUp(WARM_UP);
            server.settle();
            long events = arrivals.events();
            long bytes = load.bytes();
            double cpu = server.cpu().seconds();
            Latencies latencies = inserts.measure(CHANGES);
            double used = server.cpu().seconds() - cpu;
            double delivered = arrivals.events() - events;
            load.requireAll();
            return new Figures(
                    (times[clients - 1] - begin) / 1e9,
                    latencies,
                    delivered / clients / CHANGES,
                    (load.bytes() - bytes) / delivered,
                    1e6 * used / delivered);
        }
    }
}
