package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.livespan.database.FileTree;

/**
 * WildFly: {@code livespan.cli} runs once on the unpacked server, and each instance gets a copy of the result. What the
 * script changes, the server's configuration and its modules, is kept out of the unpacked server.
 */
final class WildFly implements AppServer {

    private static final String MODULE = "modules/org/postgresql";

    /** The result of the script; guarded by this object's lock. */
    private Path configured;

    @Override
    public void prepare(ServerSetup setup) throws IOException {
        FileTree.copy(configured(setup.product()), base(setup));
        Files.copy(setup.war(), deployments(setup).resolve(ServerSetup.WAR));
    }

    private synchronized Path configured(Product product) throws IOException {
        if (configured == null) {
            configured = configure(product, Built.installation(product));
        }
        return configured;
    }

    private static Path configure(Product product, Path home) throws IOException {
        Path base = Path.of("target", "server", "wildfly-configured").toAbsolutePath();
        FileTree.delete(base);
        FileTree.copy(home.resolve("standalone"), base);
        FileTree.delete(home.resolve(MODULE));
        script(product, base, "livespan.cli", base.resolveSibling("wildfly-configured.log"));
        FileTree.copy(home.resolve(MODULE), base.resolve(MODULE));
        FileTree.delete(home.resolve(MODULE));
        return base;
    }

    private static void script(Product product, Path base, String name, Path log) throws IOException {
        new Launch(
                        List.of(
                                Built.installation(product)
                                        .resolve("bin/jboss-cli.sh")
                                        .toString(),
                                "--file=" + Built.config(product, name)),
                        Map.of(
                                "JAVA_OPTS",
                                "-Djboss.server.base.dir=" + base,
                                "LIVESPAN_PGJDBC",
                                Built.driver().toString()))
                .run(log);
    }

    @Override
    public void addUsers(ServerSetup setup, List<User> users) throws IOException {
        script(setup.product(), base(setup), "login.cli", setup.directory().resolve("login.log"));
        for (User user : users) {
            new Launch(
                            List.of(
                                    Built.installation(setup.product())
                                            .resolve("bin/add-user.sh")
                                            .toString(),
                                    "-a",
                                    "-sc",
                                    base(setup).resolve("configuration").toString(),
                                    "-u",
                                    user.name(),
                                    "-p",
                                    user.password(),
                                    "-g",
                                    user.group()),
                            Map.of())
                    .run(setup.directory().resolve("user.log"));
        }
    }

    @Override
    public Launch launch(ServerSetup setup) throws IOException {
        Path home = Built.installation(setup.product());
        return new Launch(
                List.of(
                        home.resolve("bin/standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base(setup),
                        "-Djboss.http.port=" + setup.port(),
                        "-Djboss.https.port=" + setup.port(1),
                        "-Djboss.management.http.port=" + healthPort(setup),
                        "-Djava.io.tmpdir=" + setup.scratch(),
                        "-Dorg.jboss.logmanager.nocolor=true"),
                Map.of(
                        "JBOSS_JAVA_SIZING",
                        "-Xmx" + setup.heap(),
                        "JBOSS_MODULEPATH",
                        home.resolve("modules") + ":" + base(setup).resolve("modules")));
    }

    @Override
    public Redeployment startEmpty(ServerSetup setup) throws IOException {
        return DroppedRedeployment.start(setup, deployments(setup));
    }

    private static Path base(ServerSetup setup) {
        return setup.directory().resolve("standalone");
    }

    private static Path deployments(ServerSetup setup) {
        return base(setup).resolve("deployments");
    }

    /** The health checks are on the management port. */
    @Override
    public int healthPort(ServerSetup setup) {
        return setup.port(2);
    }

    @Override
    public Pattern warning() {
        return Pattern.compile(" (WARN|ERROR|FATAL) ");
    }

    /**
     * Each thread that serves requests keeps some in thread-locals whose keys are gone with their applications, until it
     * needs the space: six at most, after 12 redeployments and after 19.
     */
    @Override
    public int held() {
        return 6;
    }

    @Override
    public boolean hasDataSource() {
        return true;
    }
}
