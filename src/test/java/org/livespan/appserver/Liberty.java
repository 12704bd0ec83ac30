package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open Liberty: {@code server.xml}, the driver and the WAR in a server of its own. */
final class Liberty implements AppServer {

    private static final String NAME = "livespan";

    @Override
    public void prepare(ServerSetup setup) throws IOException {
        command(setup, "create").run(setup.directory().resolve("create.log"));
        Path home = home(setup);
        Files.copy(
                Built.config(setup.product(), "server.xml"),
                home.resolve("server.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Built.config(setup.product(), "jvm.options"), home.resolve("jvm.options"));
        Path driver = Built.driver();
        Files.copy(driver, Files.createDirectories(home.resolve("lib")).resolve(driver.getFileName()));
        Files.copy(setup.war(), Files.createDirectories(apps(setup)).resolve(ServerSetup.WAR));
    }

    /** Roles are groups of the same name. */
    @Override
    public void addUsers(ServerSetup setup, List<User> users) throws IOException {
        var registry = new StringBuilder("<server><basicRegistry>");
        for (User user : users) {
            registry.append("<user name='%s' password='%s'/>".formatted(user.name(), user.password()));
            registry.append("<group name='%s'><member name='%s'/></group>".formatted(user.group(), user.name()));
        }
        Files.writeString(
                Files.createDirectories(home(setup).resolve("configDropins/overrides"))
                        .resolve("users.xml"),
                registry.append("</basicRegistry></server>"));
    }

    @Override
    public Launch launch(ServerSetup setup) throws IOException {
        return command(setup, "run");
    }

    private static Launch command(ServerSetup setup, String action) throws IOException {
        Path program = Built.installation(setup.product()).resolve("bin/server");
        return new Launch(
                List.of(program.toString(), action, NAME),
                Map.of(
                        "WLP_USER_DIR", setup.directory().toString(),
                        "HTTP_PORT", String.valueOf(setup.port()),
                        "HTTPS_PORT", String.valueOf(setup.port(1)),
                        "WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO",
                        "JVM_ARGS", "-Xmx" + setup.heap() + " -Djava.io.tmpdir=" + setup.scratch()));
    }

    @Override
    public Redeployment startEmpty(ServerSetup setup) throws IOException {
        return StartedRedeployment.start(setup);
    }

    private static Path home(ServerSetup setup) {
        return setup.directory().resolve("servers").resolve(NAME);
    }

    private static Path apps(ServerSetup setup) {
        return home(setup).resolve("apps");
    }

    /** Its output blocks: it waits for a thread that writes to such a client, for 30 s at most. */
    @Override
    public Duration stopLimit() {
        return Duration.ofSeconds(40);
    }

    @Override
    public Pattern warning() {
        return Pattern.compile("\\[(WARNING|ERROR|FATAL) *]");
    }

    @Override
    public boolean hasDataSource() {
        return true;
    }
}
