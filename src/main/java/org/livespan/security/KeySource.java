package org.livespan.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the keys that verify tokens from a file, an HTTP address or a resource of the application, each time it is
 * asked; at most {@link #MOST_BYTES}.
 */
final class KeySource implements JWKSetSource<SecurityContext> {

    private static final int MOST_BYTES = 256 << 10;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;

    private final String location;
    private volatile boolean hasBeenRead;

    /** @param location as in {@code mp.jwt.verify.publickey.location} */
    KeySource(String location) {
        this.location = location;
    }

    /** Whether the keys have ever been read. */
    boolean hasBeenRead() {
        return hasBeenRead;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        try {
            JWKSet keys = VerificationKeys.of(text());
            hasBeenRead = true;
            return keys;
        } catch (IOException | IllegalArgumentException e) {
            throw new JWKSetRetrievalException(e.getMessage(), e);
        }
    }

    private String text() throws IOException {
        if (isAddress()) {
            return new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES)
                    .retrieveResource(URI.create(location).toURL())
                    .getContent();
        }
        try (InputStream content = open()) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, UTF_8);
        }
    }

    private boolean isAddress() {
        return location.startsWith("http://") || location.startsWith("https://");
    }

    private InputStream open() throws IOException {
        Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        if (Files.exists(file)) {
            return Files.newInputStream(file);
        }
        String name = location.replaceFirst("^(classpath:)?/*", "");
        InputStream resource = KeySource.class.getClassLoader().getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException("there is neither such a file nor such a resource of the application");
        }
        return resource;
    }

    @Override
    public void close() {
        // It keeps nothing open
    }
}
