package org.livespan.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.livespan.appserver.ServerProcess;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** Starts what is measured: Livespan on Payara Micro, and what it is compared with. Each is returned when it answers. */
final class Servers {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int FIRST_PORT = 18_480;
    private static final String HAS_ROWS = "/livespan/api/feeds/orders?startDate=2020-01-01&endDate=2020-01-02";

    private Servers() {}

    static MeasuredServer livespan(TestDatabase database, String heap) throws IOException, InterruptedException {
        return livespan(database, heap, Map.of());
    }

    /** @param settings further settings, by name */
    static MeasuredServer livespan(TestDatabase database, String heap, Map<String, String> settings)
            throws IOException, InterruptedException {
        var properties = new LinkedHashMap<>(Map.of(
                "livespan.db.url", database.url(),
                "livespan.db.user", database.user(),
                "livespan.db.password", database.password(),
                "livespan.demo", "true",
                "livespan.demo.interval", "PT0S",
                "livespan.limits.clients", "30000",
                "livespan.limits.window-rows", "200000",
                "livespan.stream.heartbeat", "PT5S"));
        properties.putAll(settings);
        return payara("livespan", Path.of("target", "livespan.war"), heap, properties, HAS_ROWS);
    }

    /** The settings of a feed over the table of the orders, beside the one over the entity; more may be added. */
    static Map<String, String> tableFeed(String name) {
        return new HashMap<>(Map.of(
                "livespan.feeds",
                name,
                "livespan.feeds." + name + ".table",
                "public.orders",
                "livespan.feeds." + name + ".date-column",
                "created_at",
                "livespan.feeds." + name + ".key",
                "id"));
    }

    /** {@link BareStreams} and {@link BareResource} on the same server. */
    static MeasuredServer bareApplication(String heap) throws IOException, InterruptedException {
        return payara("bare", BareWar.in(MeasuredServer.HOME), heap, Map.of(), BareWar.READY);
    }

    /**
     * @param properties the system's properties, by name
     * @param ready a path that answers when the application does
     */
    private static MeasuredServer payara(
            String name, Path war, String heap, Map<String, String> properties, String ready)
            throws IOException, InterruptedException {
        int port = FreePort.from(FIRST_PORT);
        var scratch = MeasuredServer.HOME.resolve("server-" + port);
        FileTree.delete(scratch);
        Files.createDirectories(scratch);
        var command = new ArrayList<>(List.of("-Xmx" + heap, "-Djava.io.tmpdir=" + scratch));
        properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
        command.addAll(List.of(
                "-jar",
                Path.of("target", "payara-micro.jar").toString(),
                "--deploy",
                war.toString(),
                "--contextRoot",
                name,
                "--noCluster",
                "--prebootcommandfile",
                Path.of("server-config", "payara-micro", "pre-boot.asadmin").toString(),
                "--port",
                String.valueOf(port)));
        var server = MeasuredServer.start(name, port, command);
        var address = URI.create("http://127.0.0.1:" + port + ready);
        await().atMost(START_LIMIT).until(() -> ServerProcess.answers(address));
        return server;
    }

    static MeasuredServer queryPerWindow(TestDatabase database) throws IOException {
        return compared("query-per-window", QueryPerWindow.class, database, List.of());
    }

    /** @param window the address of the window that it sends */
    static MeasuredServer bareLoop(TestDatabase database, String window) throws IOException {
        return compared("bare-loop", BareLoop.class, database, List.of(window));
    }

    /**
     * nginx with nchan, if it is installed here.
     *
     * @param window the address of the window that it sends
     */
    static Optional<MeasuredServer> nchan(TestDatabase database, String window) throws IOException {
        return Nchan.module().isPresent()
                ? Optional.of(compared("nchan", Nchan.class, database, List.of(window)))
                : Optional.empty();
    }

    private static MeasuredServer compared(String name, Class<?> main, TestDatabase database, List<String> more)
            throws IOException {
        int port = FreePort.from(FIRST_PORT);
        var rest = new ArrayList<>(List.of(String.valueOf(port)));
        rest.addAll(more);
        var server = MeasuredServer.start(name, port, JavaProgram.arguments("1g", main, database, rest));
        await().atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    new Socket("127.0.0.1", port).close();
                    return true;
                });
        return server;
    }
}
