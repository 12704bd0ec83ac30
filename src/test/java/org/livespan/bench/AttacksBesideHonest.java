package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A hundred clients of one window, alone and beside attacks, for as long as asked: beside the attacks that are named, or
 * else beside all over HTTP, beside these and notifications that nobody hears, which shows what those cost the database
 * alone, and beside these and forged notifications.
 */
final class AttacksBesideHonest {

    private static final String DURATION = "livespan.bench.attacks";
    private static final String KINDS = "livespan.bench.attacks.kinds";
    private static final int HONEST = 100;
    private static final int WARM_UP = 30;

    /**
     * The longest time without attacks, otherwise as long as with them: the 99th percentile of few changes is just the
     * slowest.
     */
    private static final Duration ALONE = Duration.ofMinutes(5);

    private static final Duration AFTER = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Until seats and connections are free again. */
    private static final int PAUSE_SECONDS = 20;

    private static final String WINDOW = Orders.hours(24);

    private AttacksBesideHonest() {}

    static void measure(Setting setting) throws Exception {
        var duration = Duration.parse(System.getProperty(DURATION, "PT1M"));
        String named = System.getProperty(KINDS);
        if (named != null) {
            var kinds = Arrays.stream(named.split(",")).map(Attack::valueOf).toList();
            measure(setting, named, kinds, duration);
            return;
        }
        measure(setting, "all attacks over HTTP", Attack.overHttp(), duration);
        measure(
                setting,
                "those and notifications on another channel",
                Attack.overHttpAnd(Attack.UNHEARD_NOTIFICATIONS),
                duration);
        measure(setting, "all attacks", Attack.overHttpAnd(Attack.FORGED_NOTIFICATIONS), duration);
    }

    private static void measure(Setting setting, String name, List<Attack> attacks, Duration duration)
            throws Exception {
        Duration undisturbed = duration.compareTo(ALONE) < 0 ? duration : ALONE;
        try (var server = Servers.livespan(setting.database(), "1g", Map.of("livespan.stream.max-age", "PT48H"))) {
            var arrivals = new Arrivals();
            arrivals.expect(HONEST);
            try (var load = new SseLoad(server.port(), Collections.nCopies(HONEST, WINDOW), arrivals)) {
                arrivals.await(PATIENCE);
                var inserts = new Inserts(setting.orders(), arrivals);
                inserts.warmUp(WARM_UP);
                Latencies alone = inserts.measure((int) undisturbed.toSeconds());
                long before = server.liveBytes();
                double used = server.cpu().seconds();
                Latencies beside;
                try (var attackers = AttackProcess.start(setting.database(), server.port(), attacks)) {
                    beside = inserts.measure((int) duration.toSeconds());
                    used = server.cpu().seconds() - used;
                    System.out.println("  done: " + attackers.end());
                }
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                Latencies after = inserts.measure((int) AFTER.toSeconds());
                long left = server.liveBytes();
                load.requireAll();
                var report = setting.report().under("100 clients beside " + name + ": ");
                report.add("p50 alone, ms", alone.percentile(50));
                report.add("p50 beside them, ms", beside.percentile(50));
                report.add("p99 alone, ms", alone.percentile(99));
                report.add("p99 beside them, ms", beside.percentile(99));
                report.add("p99 after, ms", after.percentile(99));
                report.add("p99 beside them, times that alone", beside.percentile(99) / alone.percentile(99), 2);
                report.add("server CPU beside them, cores", used / duration.toSeconds());
                report.add("live heap before, MB", before / 1e6);
                report.add("live heap after, MB", left / 1e6);
            }
        }
    }
}
