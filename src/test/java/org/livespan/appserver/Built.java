package org.livespan.appserver;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.Driver;

/** What a build has made and fetched, and what an administrator is given. */
final class Built {

    private static final Path TARGET = Path.of("target");

    private Built() {}

    /** What a run of tests names, or what a build has made. */
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

    /** The only directory in the one where the profile of that server has unpacked it. */
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
