package org.livespan.bench;

import java.time.Duration;
import java.util.List;

/** One transaction that inserts a million orders, some of them in a window, beside a server with a small heap that follows the log. */
final class MillionRows {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Over two and a half years, which begin where the window does: about 1,000 orders a day. */
    private static final String MILLION =
            "insert into orders (customer, amount, created_at)" + " select 'million', n % 500, timestamptz '"
                    + Orders.MIDST + "' + n * interval '80 s' from generate_series(1, 1000000) n";

    private MillionRows() {}

    static void measure(Setting setting) throws Exception {
        Heard.WAL.prepare(setting.orders());
        Report report = setting.report().under("a transaction of a million rows: ");
        var arrivals = new Arrivals();
        arrivals.expect(1);
        try (var server = Servers.livespan(setting.database(), "128m", Heard.WAL.settings());
                var load = new SseLoad(server.port(), List.of(Orders.hours(24)), arrivals)) {
            arrivals.await(PATIENCE);
            new Inserts(setting.orders(), arrivals).warmUp(50);
            server.settle();
            report.add("live heap before, MB", server.liveBytes() / 1e6);
            long events = arrivals.events();
            long position = setting.log().position();
            double cpu = server.cpu().seconds();
            long begin = System.nanoTime();
            setting.orders().run(MILLION);
            double written = (System.nanoTime() - begin) / 1e9;
            new Inserts(setting.orders(), arrivals).warmUp(1); // comes after it
            report.add("written in, s", written);
            report.add("a change after it is shown after, s", (System.nanoTime() - begin) / 1e9 - written);
            report.add("events", arrivals.events() - events - 1.0, 1);
            setting.log()
                    .since(position, "livespan")
                    .forEach((kind, number) -> report.add("statements, " + kind, number));
            report.add("server CPU, s", server.cpu().seconds() - cpu);
            report.add("live heap after, MB", server.liveBytes() / 1e6);
            load.requireAll();
        }
        setting.orders().run("delete from orders where customer = 'million'");
        setting.orders().vacuum();
        Heard.NOTIFY.prepare(setting.orders());
    }
}
