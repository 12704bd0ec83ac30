package org.livespan.appserver;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.Driver;

/** What the build makes and downloads, and the configuration that administrators get. */
final class Built {

    private static final Path TARGET = Path.of("target");

    private Built() {}

    /** The one that the test run names, or else the one that was built. */
    static Path war() {
        return Path.of(System.getProperty(
                        "livespan.test.war", TARGET.resolve("livespan.war").toString()))
                .toAbsolutePath();
    }

    static Path payaraMicro() {
        return TARGET.resolve("payara-micro.jar").toAbsolutePath();
    }

    static Path uberJar() {
        return TARGET.resolve("livespan-micro.jar").toAbsolutePath();
    }

    /** The only directory in the one to which the Maven profile of that server unpacks it. */
    static Path installation(Product product) throws IOException {
        try (var directories = Files.list(TARGET.resolve("servers").resolve(product.toString()))) {
            return directories.findFirst().orElseThrow().toAbsolutePath();
        }
    }

    static Path driver() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the files in {@code server-config}. */
    static Path config(Product product, String file) {
        return Path.of("server-config", product.toString(), file).toAbsolutePath();
    }
}
