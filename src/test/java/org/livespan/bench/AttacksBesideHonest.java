package org.livespan.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A hundred clients of one window, alone and beside all attacks at once, for as long as is asked. */
final class AttacksBesideHonest {

    private static final String PROPERTY = "livespan.bench.attacks";
    private static final int HONEST = 100;
    private static final int WARM_UP = 30;
    private static final Duration ALONE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Until places and connections were given back. */
    private static final int PAUSE_SECONDS = 20;

    private static final String WINDOW = Orders.hours(24);

    private AttacksBesideHonest() {}

    static void measure(Setting setting) throws Exception {
        var duration = Duration.parse(System.getProperty(PROPERTY, "PT1M"));
        try (var server = Servers.livespan(setting.database(), "1g", Map.of("livespan.stream.max-age", "PT48H"))) {
            var arrivals = new Arrivals();
            arrivals.expect(HONEST);
            try (var load = new SseLoad(server.port(), Collections.nCopies(HONEST, WINDOW), arrivals)) {
                arrivals.await(PATIENCE);
                var inserts = new Inserts(setting.orders(), arrivals);
                inserts.warmUp(WARM_UP);
                Latencies alone = inserts.measure((int) ALONE.toSeconds());
                long before = server.liveBytes();
                Latencies beside;
                try (var attackers = new Attackers(server.port(), setting.database())) {
                    beside = inserts.measure((int) duration.toSeconds());
                    System.out.println("  streams, plain results, notifications: " + attackers.counts());
                }
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                Latencies after = inserts.measure((int) ALONE.toSeconds());
                long left = server.liveBytes();
                load.requireAll();
                var report = setting.report().under("100 clients beside all attacks: ");
                report.add("p50 alone, ms", alone.percentile(50));
                report.add("p50 beside them, ms", beside.percentile(50));
                report.add("p99 alone, ms", alone.percentile(99));
                report.add("p99 beside them, ms", beside.percentile(99));
                report.add("p99 after, ms", after.percentile(99));
                report.add("p99 beside them, times that alone", beside.percentile(99) / alone.percentile(99), 2);
                report.add("live heap before, MB", before / 1e6);
                report.add("live heap after, MB", left / 1e6);
            }
        }
    }
}
