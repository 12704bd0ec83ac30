package org.livespan.bench;

import java.nio.file.Path;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;

/** All scenarios, one after the other: {@code mvn -Pbench}. */
public final class Benchmark {

    private static final Path HOME = Path.of("target", "bench");
    private static final int DATABASE_PORT = 54_429;
    private static final int CHANGES = Integer.getInteger("livespan.bench.changes", 15);

    /** One takes seconds. */
    private static final int CHANGES_COMPARED = Math.min(CHANGES, 3);

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        var database = new EmbeddedDatabase(HOME, FreePort.from(DATABASE_PORT));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "database-stop"));
        database.start();
        database.run(Path.of("sql", "livespan.sql"));
        database.run(Path.of("sql", "demo.sql"));
        var log = StatementLog.of(database, HOME.resolve("postgres.log"));
        var report = new Report();
        try (database;
                var orders = new Orders(database)) {
            var windows = new DistinctWindows(orders, log, CpuTime.of(database));
            try (var server = Servers.livespan(database, "1g")) {
                RowMemory.measure(server, orders, report);
                windows.measure(server, "&mode=changes", CHANGES, "1,000 windows, changes: ", report);
                Reconnecting.measure(server, log, report);
            }
            try (var server = Servers.livespan(database, "1g")) {
                windows.measure(server, "", CHANGES_COMPARED, "1,000 windows, results: ", report);
            }
            try (var server = Servers.queryPerWindow(database)) {
                windows.measure(server, "", CHANGES_COMPARED, "1,000 windows, a query each: ", report);
            }
        }
        System.out.println("\n" + report.table() + "\n" + report.json());
    }
}
