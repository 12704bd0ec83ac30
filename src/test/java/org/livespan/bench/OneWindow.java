package org.livespan.bench;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.function.BiFunction;

/** One window of 18 KB, thousands of clients, an order a second; compared with the lower bound, {@link BareLoop}. */
final class OneWindow {

    /** The most first: with fewer, the measurement would end before the compilers have finished. */
    private static final int[] CLIENTS = {10_000, 5_000, 1_000};

    private static final int CHANGES = Integer.getInteger("livespan.bench.changes", 15);
    private static final int WARM_UP = 30;
    private static final String WINDOW = Orders.hours(22);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private OneWindow() {}

    private record Figures(Latencies latencies, double eventsPerClient, double bytesPerEvent, double cpuMicros) {}

    static void measure(Setting setting) throws Exception {
        try (var livespan = Servers.livespan(setting.database(), "1g");
                var limit = Servers.bareLoop(setting.database(), WINDOW)) {
            for (int clients : CLIENTS) {
                Figures ours = measure(livespan, clients, setting.orders(), SseClient::new);
                Figures gzip = measure(livespan, clients, setting.orders(), GzipSseClient::new);
                Figures bare = measure(limit, clients, setting.orders(), SseClient::new);
                var report = setting.report().under("%,d clients on one window: ".formatted(clients));
                report.add("events for a client and change", ours.eventsPerClient(), 1);
                report.add("bytes of an event", ours.bytesPerEvent());
                report.add("p50, ms", ours.latencies().percentile(50));
                report.add("p95, ms", ours.latencies().percentile(95));
                report.add("p99, ms", ours.latencies().percentile(99));
                report.add("last client, ms", ours.latencies().lastClient(), goal(clients));
                report.add("server CPU µs an event", ours.cpuMicros());
                report.add("gzip, events for a client and change", gzip.eventsPerClient(), 1);
                report.add("gzip, bytes of an event", gzip.bytesPerEvent());
                report.add("gzip, p50, ms", gzip.latencies().percentile(50));
                report.add("gzip, last client, ms", gzip.latencies().lastClient());
                report.add("gzip, server CPU µs an event", gzip.cpuMicros(), 15);
                report.add("bare loop, events for a client and change", bare.eventsPerClient());
                report.add("bare loop, bytes of an event", bare.bytesPerEvent());
                report.add("bare loop, p50, ms", bare.latencies().percentile(50));
                report.add("bare loop, p99, ms", bare.latencies().percentile(99));
                report.add("bare loop, last client, ms", bare.latencies().lastClient());
                report.add("bare loop, CPU µs an event", bare.cpuMicros());
                report.add("server CPU, times the bare loop's", ours.cpuMicros() / bare.cpuMicros(), 2.5);
            }
        }
    }

    private static double goal(int clients) {
        return switch (clients) {
            case 5_000 -> 150;
            case 10_000 -> 300;
            default -> Double.NaN;
        };
    }

    private static Figures measure(
            MeasuredServer server, int clients, Orders orders, BiFunction<SocketChannel, String, SseClient> client)
            throws Exception {
        orders.clearMarks();
        var arrivals = new Arrivals();
        arrivals.expect(clients);
        try (var load = new SseLoad(server.port(), Collections.nCopies(clients, WINDOW), arrivals, client)) {
            arrivals.await(PATIENCE);
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
                    latencies,
                    delivered / clients / CHANGES,
                    (load.bytes() - bytes) / delivered,
                    1e6 * used / delivered);
        }
    }
}
