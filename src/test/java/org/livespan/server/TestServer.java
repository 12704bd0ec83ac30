package org.livespan.server;

import java.io.IOException;
import java.nio.file.Path;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;
import org.livespan.payara.PayaraMicro;
import org.livespan.payara.ServerProcess;

/** The servers of the tests. */
final class TestServer {

    private static final int FIRST_PORT = 18_080;

    private TestServer() {}

    /**
     * Starts one and returns when it answers.
     *
     * @param name tells its directory from those of other servers
     * @param settings {@code name=value}
     */
    static ServerProcess start(String name, TestDatabase database, String... settings) throws IOException {
        var server = prepare(name, database, settings).start().endingWithThisJvm();
        server.awaitAnswer();
        return server;
    }

    /** One that is not started yet, in an empty directory, on a port that is free. */
    static PayaraMicro prepare(String name, TestDatabase database, String... settings) throws IOException {
        var directory = Path.of("target", "server", name);
        FileTree.delete(directory);
        return PayaraMicro.in(directory, FreePort.from(FIRST_PORT))
                .database(database)
                .settings(settings);
    }
}
