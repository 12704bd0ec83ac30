package org.livespan.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured, each on servers of its own. */
enum Scenario {
    ONE_CLIENT(OneClient::measure),
    ONE_WINDOW(OneWindow::measure),
    BURST(Burst::measure),
    STUCK(StuckBesideHealthy::measure),
    ATTACKS(AttacksBesideHonest::measure),
    CROWD(Crowd::measure),
    ROW_MEMORY(RowMemory::measure),
    MANY_ROWS(ManyRows::measure),
    COLD_WINDOW(ColdWindow::measure),
    DISTINCT_WINDOWS(DistinctWindows::measure),
    SUSTAINED(Sustained::measure),
    WRITER_COST(WriterCost::measure),
    SOURCE_LATENCY(SourceLatency::measure),
    MILLION_ROWS(MillionRows::measure),
    RECONNECTING(Reconnecting::measure),
    LISTENERS(Listeners::measure),
    AUDIT(Audit::measure),
    LOOK(Look::measure),
    TENANTS(Tenants::measure);

    private static final String PROPERTY = "livespan.bench.scenarios";

    private final Measurement measurement;

    private interface Measurement {
        void take(Setting setting) throws Exception;
    }

    Scenario(Measurement measurement) {
        this.measurement = measurement;
    }

    /** The scenarios asked for, in that order; all if none are. */
    static List<Scenario> chosen() {
        var asked = System.getProperty(PROPERTY, "");
        return asked.isBlank()
                ? List.of(values())
                : Arrays.stream(asked.split(",")).map(Scenario::titled).toList();
    }

    private static Scenario titled(String asked) {
        return Arrays.stream(values())
                .filter(one -> one.title().equals(asked.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + " has \"" + asked + "\"; there are "
                        + Arrays.stream(values()).map(Scenario::title).collect(Collectors.joining(", "))));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void measure(Setting setting) throws Exception {
        measurement.take(setting);
    }
}
