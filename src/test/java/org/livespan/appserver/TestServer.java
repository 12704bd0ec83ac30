package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Path;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** Servers for tests, each in its own directory {@code target/server/NAME} and on a free port. */
public final class TestServer {

    private static final int FIRST_PORT = 18_080;

    private TestServer() {}

    /**
     * Starts one and returns when it answers.
     *
     * @param settings {@code name=value}
     */
    public static ServerProcess start(String name, TestDatabase database, String... settings) throws IOException {
        return start(prepare(name, database, settings));
    }

    /** Returns when it answers. */
    public static ServerProcess start(ServerSetup setup) throws IOException {
        setup.prepare();
        return launch(setup);
    }

    /** Starts one that was set up before; returns when it answers, and prints how long that took and how much memory it uses. */
    public static ServerProcess launch(ServerSetup setup) throws IOException {
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

    /** One that is not started yet, in an empty directory. */
    public static ServerSetup prepare(String name, TestDatabase database, String... settings) throws IOException {
        return prepare(Product.ofThisRun(), name).database(database).settings(settings);
    }

    /** The same, of this product and without settings. */
    public static ServerSetup prepare(Product product, String name) throws IOException {
        var directory = Path.of("target", "server", name);
        FileTree.delete(directory);
        return product.in(directory, FreePort.from(FIRST_PORT));
    }
}
