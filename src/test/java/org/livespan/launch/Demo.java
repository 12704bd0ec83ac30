package org.livespan.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.livespan.appserver.Product;
import org.livespan.appserver.ServerProcess;
import org.livespan.database.EmbeddedDatabase;

/**
 * All of Livespan on this machine: PostgreSQL, Payara Micro with the WAR, and the sample feed. Runs until it is
 * stopped, and then ends the server before the database, so that neither logs errors about the other.
 */
public final class Demo {

    private static final Path HOME = Path.of("target", "demo");
    private static final Path LOG = HOME.resolve("server.log");
    private static final List<Path> SCRIPTS = List.of(Path.of("sql", "livespan.sql"), Path.of("sql", "demo.sql"));

    private final EmbeddedDatabase database = new EmbeddedDatabase(HOME, DemoPorts.database());
    private final Introduction introduction = new Introduction(DemoPorts.http(), database, LOG);
    private final Optional<DemoSecurity> security =
            DemoSecurity.isAskedFor() ? Optional.of(new DemoSecurity()) : Optional.empty();
    private ServerProcess server;
    private boolean ended;
    private volatile boolean stopped;

    public static void main(String[] args) throws Exception {
        var demo = new Demo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "demo-stop"));
        try {
            demo.run();
        } finally {
            demo.end();
            demo.stayQuietIfStopped();
        }
    }

    private void run() throws Exception {
        System.out.println("Starting PostgreSQL ...");
        database.start();
        for (var script : SCRIPTS) {
            if (Files.exists(script)) {
                database.run(script);
            }
        }
        System.out.println("Starting Payara Micro ...");
        startServer();
        server.awaitAnswer();
        System.out.println(introduction.text(LocalDate.now(ZoneOffset.UTC)));
        security.ifPresent(tokens -> System.out.println(tokens.text()));
        server.awaitEnd();
        throw new IllegalStateException("The server has ended by itself; see " + LOG);
    }

    /** Fails once the end has begun. */
    private synchronized void startServer() throws IOException {
        if (ended) {
            throw new IllegalStateException("Stopped before the server was started");
        }
        server = Product.PAYARA_MICRO
                .in(HOME, introduction.httpPort())
                .database(database)
                .settings(settings())
                .start();
    }

    private String[] settings() {
        var settings = new ArrayList<>(List.of("livespan.demo=true"));
        security.ifPresent(tokens -> settings.addAll(tokens.settings()));
        return settings.toArray(String[]::new);
    }

    /** On Ctrl-C or {@code SIGTERM}. If the JVM exits because the demo has failed, there is nothing left to stop. */
    private void stop() {
        stopped = true;
        if (!hasEnded()) {
            // Maven closes its console at the same time: even if printing fails, the processes must end
            try {
                System.out.println("\nStopping Livespan ...");
            } finally {
                end();
            }
            System.out.println("Stopped.");
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** Ends what was started, in order and only once; a second caller waits until this is done. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        try (database) {
            if (server != null) {
                server.close();
            }
        }
    }

    /** Waits for the JVM to exit, so that Maven prints nothing more about this build. */
    private void stayQuietIfStopped() {
        if (stopped) {
            new Semaphore(0).acquireUninterruptibly();
        }
    }
}
