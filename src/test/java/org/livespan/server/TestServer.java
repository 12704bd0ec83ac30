package org.livespan.server;

import java.io.IOException;
import java.nio.file.Path;
import org.livespan.appserver.Product;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.ServerSetup;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** The servers of the tests. */
final class TestServer {

    private static final int FIRST_PORT = 18_080;

    private TestServer() {}

    /**
     * Starts one and returns when it answers.
     *
     * @param name the name of its directory
     * @param settings {@code name=value}
     */
    static ServerProcess start(String name, TestDatabase database, String... settings) throws IOException {
        return start(prepare(name, database, settings));
    }

    /** Returns when it answers, and prints how long that took and how much memory it uses. */
    static ServerProcess start(ServerSetup setup) throws IOException {
        setup.prepare();
        long begin = System.nanoTime();
        var server = setup.launch().endingWithThisJvm();
        server.awaitAnswer();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "Server %s: %s on Java %s, first answer after %.1f s, %d MB resident%n",
                setup.directory().getFileName(),
                setup.product(),
                Runtime.version(),
                seconds,
                server.residentBytes() >> 20);
        return server;
    }

    /** One that is not started yet, in an empty directory and on a free port. */
    static ServerSetup prepare(String name, TestDatabase database, String... settings) throws IOException {
        var directory = Path.of("target", "server", name);
        FileTree.delete(directory);
        return Product.ofThisRun()
                .in(directory, FreePort.from(FIRST_PORT))
                .database(database)
                .settings(settings);
    }
}
