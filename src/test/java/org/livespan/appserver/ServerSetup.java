package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.livespan.database.FileTree;
import org.livespan.database.TestDatabase;

/**
 * How a server is to be set up and started.
 *
 * @param directory its own, for its files and its log
 * @param heap as {@code -Xmx} takes it
 * @param contextPath where Livespan is on it, without slashes before and after
 * @param settings Livespan's, with their names in the environment, such as {@code LIVESPAN_ZONE}
 */
public record ServerSetup(
        Product product,
        Path directory,
        int port,
        Path war,
        String contextPath,
        String heap,
        Map<String, String> settings) {

    static final String WAR = "livespan.war";

    private static final String SCRATCH = "tmp";

    /** It would use a processor for five seconds of each test's start. */
    private static final Map<String, String> NO_WARM_UP = Map.of("LIVESPAN_WARM_UP", "PT0S");

    static ServerSetup of(Product product, Path directory, int port) {
        return new ServerSetup(product, directory.toAbsolutePath(), port, Built.war(), "livespan", "512m", NO_WARM_UP)
                .settings(Source.ofThisRun().setting());
    }

    public ServerSetup heap(String most) {
        return new ServerSetup(product, directory, port, war, contextPath, most, settings);
    }

    /** With another WAR than the one that was built. */
    public ServerSetup war(Path other) {
        return new ServerSetup(product, directory, port, other, contextPath, heap, settings);
    }

    /** At another path, if this is Payara Micro, which is told the path when it is started. */
    public ServerSetup elsewhere(String path) {
        var context = product == Product.PAYARA_MICRO ? path : contextPath;
        return new ServerSetup(product, directory, port, war, context, heap, settings);
    }

    /** @param more settings such as {@code livespan.zone=UTC}, given to the server in its environment */
    public ServerSetup settings(String... more) {
        var all = new HashMap<>(settings);
        for (String setting : more) {
            int equals = setting.indexOf('=');
            all.put(inEnvironment(setting.substring(0, equals)), setting.substring(equals + 1));
        }
        return new ServerSetup(product, directory, port, war, contextPath, heap, Map.copyOf(all));
    }

    public ServerSetup database(TestDatabase database) {
        return settings(
                "livespan.db.url=" + database.url(),
                "livespan.db.user=" + database.user(),
                "livespan.db.password=" + database.password());
    }

    /** Maps names as MicroProfile Config 3.0 does (5.3.1.2). */
    private static String inEnvironment(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Another port of this server, a different one for each number. */
    int port(int number) {
        return port + 150 * number;
    }

    /** Its directory for temporary files. */
    Path scratch() throws IOException {
        return Files.createDirectories(directory.resolve(SCRATCH));
    }

    /** Deletes its temporary files after its end; its log and its configuration stay. */
    void clear() throws IOException {
        FileTree.delete(directory.resolve(SCRATCH));
    }

    /** Sets it up and starts it; returns at once, see {@link ServerProcess#awaitAnswer}. */
    public ServerProcess start() throws IOException {
        prepare();
        return launch();
    }

    /** Sets it up. For a wrong setup, change its files before {@link #launch}. */
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        product.server().prepare(this);
    }

    /** Sets it up, with users whom the server itself authenticates. */
    public void prepare(User... users) throws IOException {
        prepare();
        product.server().addUsers(this, List.of(users));
    }

    /** Starts a server that is set up. */
    public ServerProcess launch() throws IOException {
        return launch(product.server().launch(this));
    }

    ServerProcess launch(Launch launch) throws IOException {
        return ServerProcess.start(this, launch);
    }

    /** Starts it without the WAR, which can then be deployed and undeployed. */
    public Redeployment startEmpty() throws IOException {
        prepare();
        return product.server().startEmpty(this);
    }

    Pattern warning() {
        return product.server().warning();
    }

    /** How long it may take to stop while it has clients that never read. */
    public Duration stopLimit() {
        return product.server().stopLimit();
    }

    /** How many class loaders of undeployed applications the server itself may still hold. */
    public int held() {
        return product.server().held();
    }

    /** Whether the data source, with its pool and driver, belongs to the server and so outlives the application. */
    public boolean hasDataSource() {
        return product.server().hasDataSource();
    }

    int healthPort() {
        return product.server().healthPort(this);
    }
}
