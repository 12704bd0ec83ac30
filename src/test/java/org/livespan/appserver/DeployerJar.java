package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar that starts a Payara Micro with {@link Deployer}, which finds everything else in the server's own jar. */
final class DeployerJar {

    private DeployerJar() {}

    /** Has the server's own manifest, which opens the packages of the JDK that the server needs. */
    static Path write(Path directory, Path microJar) throws IOException {
        Path jar = Files.createDirectories(directory).resolve("deployer.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest(microJar))) {
            String entry = Deployer.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(entry));
            try (var bytes = Deployer.class.getResourceAsStream("/" + entry)) {
                bytes.transferTo(out);
            }
            out.closeEntry();
        }
        return jar;
    }

    private static Manifest manifest(Path microJar) throws IOException {
        try (var micro = new JarFile(microJar.toFile())) {
            var manifest = new Manifest(micro.getManifest());
            manifest.getMainAttributes().put(Name.MAIN_CLASS, Deployer.class.getName());
            manifest.getMainAttributes().put(Name.CLASS_PATH, microJar.toUri().toString());
            return manifest;
        }
    }
}
