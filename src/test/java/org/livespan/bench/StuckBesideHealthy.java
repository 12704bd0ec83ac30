package org.livespan.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A thousand clients of a window of 400 KB, alternately alone and beside twenty that never read. */
final class StuckBesideHealthy {

    private static final int HEALTHY = 1_000;
    private static final int STUCK = 20;
    private static final int ROUNDS = 2;
    private static final int CHANGES = 5;

    /** Changes until the system's buffers are full, so that they are really stuck. */
    private static final int FILLING = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Until the next heartbeat, by which the server detects that they are gone. */
    private static final int PAUSE_SECONDS = 8;

    private static final String WINDOW = Orders.hours(28 * 24);

    private StuckBesideHealthy() {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            var arrivals = new Arrivals();
            arrivals.expect(HEALTHY);
            try (var load = new SseLoad(server.port(), Collections.nCopies(HEALTHY, WINDOW), arrivals)) {
                arrivals.await(PATIENCE);
                var inserts = new Inserts(setting.orders(), arrivals);
                var alone = new ArrayList<Latencies>();
                var beside = new ArrayList<Latencies>();
                long before = 0;
                long during = 0;
                inserts.warmUp(FILLING);
                for (int i = 0; i < ROUNDS; i++) {
                    alone.add(inserts.measure(CHANGES));
                    before = i == 0 ? server.liveBytes() : before;
                    try (var stuck = new StuckClients(server.port(), WINDOW, STUCK)) {
                        inserts.warmUp(FILLING);
                        beside.add(inserts.measure(CHANGES));
                        during = server.liveBytes();
                        stuck.requireAll();
                    }
                    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                }
                long after = server.liveBytes();
                load.requireAll();
                var report = setting.report().under("1,000 clients of 400 KB: ");
                double p99Alone = together(alone).percentile(99);
                double p99Beside = together(beside).percentile(99);
                report.add("p50 alone, ms", together(alone).percentile(50));
                report.add("p50 beside 20 stuck ones, ms", together(beside).percentile(50));
                report.add("p99 alone, ms", p99Alone);
                report.add("p99 beside 20 stuck ones, ms", p99Beside);
                report.add("p99 beside stuck ones, times that alone", p99Beside / p99Alone, 1.5);
                report.add("live heap before the stuck ones came, MB", before / 1e6);
                report.add("live heap while they are stuck, MB", during / 1e6);
                report.add("live heap after they left, MB", after / 1e6);
                report.add("live heap after, times that before", (double) after / before, 1);
            }
        }
    }

    private static Latencies together(List<Latencies> rounds) {
        return new Latencies(
                rounds.stream().flatMap(round -> Stream.of(round.millis())).toArray(double[][]::new));
    }
}
