package org.livespan.bench;

import java.nio.file.Path;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;

/** Runs the chosen scenarios one after the other: {@code mvn -Pbench}. */
public final class Benchmark {

    private static final Path HOME = Path.of("target", "bench");
    private static final int DATABASE_PORT = 54_429;

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        var scenarios = Scenario.chosen();
        var database = new EmbeddedDatabase(HOME, FreePort.from(DATABASE_PORT));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "database-stop"));
        // Off is usual for tests; with it, commits cost the processor only
        database.set("fsync", System.getProperty("livespan.bench.fsync", "off"));
        database.start();
        database.run(Path.of("sql", "livespan.sql"));
        database.run(Path.of("sql", "demo.sql"));
        var log = StatementLog.of(database, HOME.resolve("postgres.log"));
        var report = new Report();
        try (database;
                var orders = new Orders(database)) {
            var setting = new Setting(database, orders, log, report);
            for (Scenario scenario : scenarios) {
                System.out.println("\n" + scenario.title());
                orders.clearMarks();
                scenario.measure(setting);
            }
        }
        System.out.println("\n" + report.table() + "\n" + report.json());
    }
}
