package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open Liberty: {@code server.xml}, the driver and the WAR in a directory of its own. */
final class Liberty implements AppServer {

    private static final String NAME = "livespan";

    @Override
    public void prepare(ServerSetup setup) throws IOException {
        Path home = Files.createDirectories(home(setup));
        Files.copy(Built.config(setup.product(), "server.xml"), home.resolve("server.xml"));
        Path driver = Built.driver();
        Files.copy(driver, Files.createDirectory(home.resolve("lib")).resolve(driver.getFileName()));
        Files.copy(setup.war(), Files.createDirectory(apps(setup)).resolve(ServerSetup.WAR));
    }

    @Override
    public Launch launch(ServerSetup setup) throws IOException {
        return new Launch(
                List.of(
                        Built.installation(setup.product())
                                .resolve("bin/server")
                                .toString(),
                        "run",
                        NAME),
                Map.of(
                        "WLP_USER_DIR", setup.directory().toString(),
                        "HTTP_PORT", String.valueOf(setup.port()),
                        "HTTPS_PORT", String.valueOf(setup.port(1)),
                        "WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO",
                        "JVM_ARGS", "-Xmx" + setup.heap() + " -Djava.io.tmpdir=" + setup.scratch()));
    }

    @Override
    public Redeployment startEmpty(ServerSetup setup) throws IOException {
        return DroppedRedeployment.start(setup, apps(setup));
    }

    private static Path home(ServerSetup setup) {
        return setup.directory().resolve("servers").resolve(NAME);
    }

    private static Path apps(ServerSetup setup) {
        return home(setup).resolve("apps");
    }

    @Override
    public Pattern warning() {
        return Pattern.compile("\\[(WARNING|ERROR|FATAL) *]");
    }

    @Override
    public String classLoader() {
        return "com.ibm.ws.classloading.internal.AppClassLoader";
    }
}
