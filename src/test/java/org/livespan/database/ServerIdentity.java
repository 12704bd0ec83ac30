package org.livespan.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that a server has signed itself, and its key.
 *
 * @param key for its owner only, as PostgreSQL requires
 */
record ServerIdentity(Path certificate, Path key) {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String NAME = "server";

    /** Creates one in a directory; replaces an earlier one. */
    static ServerIdentity create(Path directory) throws IOException {
        Files.createDirectories(directory);
        var store = directory.resolve("server.p12");
        Files.deleteIfExists(store);
        generate(store);
        var identity = new ServerIdentity(directory.resolve("server.crt"), directory.resolve("server.key"));
        try (InputStream bytes = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(bytes, PASSWORD);
            write(
                    identity.certificate(),
                    "CERTIFICATE",
                    keys.getCertificate(NAME).getEncoded());
            write(identity.key(), "PRIVATE KEY", keys.getKey(NAME, PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate could not be read from " + store, e);
        }
        return identity;
    }

    private static void generate(Path store) throws IOException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-alias",
                NAME,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD));
        var process = command.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }

    /** As PEM (RFC 7468). */
    private static void write(Path file, String label, byte[] bytes) throws IOException {
        var text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
        Files.writeString(file, text);
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
    }
}
