package org.livespan.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ten thousand clients whose streams were cut reconnect at once, to held windows. */
final class Reconnecting {

    private static final int CLIENTS = 10_000;
    private static final int WINDOWS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Until the server has detected that they are gone: more than a heartbeat. */
    private static final int PAUSE_SECONDS = 8;

    private Reconnecting() {}

    static void measure(Setting setting) throws Exception {
        try (var server = Servers.livespan(setting.database(), "1g")) {
            measure(server, setting.log(), setting.report().under("10,000 reconnect: "));
        }
    }

    private static void measure(MeasuredServer server, StatementLog log, Report report) throws Exception {
        List<String> clients = clients("");
        var held = new Arrivals();
        held.expect(1);
        try (var holder = new SseLoad(server.port(), Orders.windows(1, 30, ""), held)) {
            held.await(PATIENCE);
            connect(server, clients);
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);

            long position = log.position();
            double before = server.cpu().seconds();
            // As browsers do, each says what it saw last: another result, so that there is one to send
            double seconds = connect(server, clients("&lastEventId=earlier"));
            int statements = log.since(position, server.name()).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            holder.requireAll();
            report.add(
                    "statements",
                    statements,
                    0,
                    log.since(position, server.name()).toString());
            report.add("seconds until all have their rows", seconds);
            report.add("server CPU s", server.cpu().seconds() - before);
        }
    }

    private static List<String> clients(String more) {
        var clients = new ArrayList<String>();
        for (int i = 0; i < CLIENTS / WINDOWS; i++) {
            clients.addAll(Orders.windows(WINDOWS, 1, more));
        }
        return clients;
    }

    private static double connect(MeasuredServer server, List<String> clients) throws Exception {
        var arrivals = new Arrivals();
        arrivals.expect(CLIENTS);
        long begin = System.nanoTime();
        try (var load = new SseLoad(server.port(), clients, arrivals)) {
            long[] times = arrivals.await(PATIENCE);
            load.requireAll();
            return (times[CLIENTS - 1] - begin) / 1e9;
        }
    }
}
