package org.livespan.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** Starts what is measured: Livespan on Payara Micro, and what it is compared with. Each is returned when it answers. */
final class Servers {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int FIRST_PORT = 18_480;

    private Servers() {}

    static MeasuredServer livespan(TestDatabase database, String heap) throws IOException, InterruptedException {
        return livespan(database, heap, Map.of());
    }

    /** @param settings further settings, by name */
    static MeasuredServer livespan(TestDatabase database, String heap, Map<String, String> settings)
            throws IOException, InterruptedException {
        var scratch = MeasuredServer.HOME.resolve("server");
        FileTree.delete(scratch);
        Files.createDirectories(scratch);
        int port = FreePort.from(FIRST_PORT);
        var command = new ArrayList<>(List.of(
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + scratch,
                "-Dlivespan.db.url=" + database.url(),
                "-Dlivespan.db.user=" + database.user(),
                "-Dlivespan.db.password=" + database.password(),
                "-Dlivespan.demo=true",
                "-Dlivespan.demo.interval=PT0S",
                "-Dlivespan.limits.clients=30000",
                "-Dlivespan.limits.window-rows=200000",
                "-Dlivespan.stream.heartbeat=PT5S"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-jar",
                Path.of("target", "payara-micro.jar").toString(),
                "--deploy",
                Path.of("target", "livespan.war").toString(),
                "--contextRoot",
                "livespan",
                "--noCluster",
                "--prebootcommandfile",
                Path.of("server-config", "payara-micro", "pre-boot.asadmin").toString(),
                "--port",
                String.valueOf(port)));
        var server = MeasuredServer.start("livespan", port, command);
        var feeds = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                        + "/livespan/api/feeds/orders?startDate=2020-01-01&endDate=2020-01-02"))
                .build();
        await().atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> HttpClient.newHttpClient()
                                .send(feeds, BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        return server;
    }

    static MeasuredServer queryPerWindow(TestDatabase database) throws IOException {
        return compared("query-per-window", QueryPerWindow.class, database, List.of());
    }

    /** @param window the address of the window that it sends */
    static MeasuredServer bareLoop(TestDatabase database, String window) throws IOException {
        return compared("bare-loop", BareLoop.class, database, List.of(window));
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
