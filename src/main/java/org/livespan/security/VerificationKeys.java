package org.livespan.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The public keys that a text has: PEM with public keys or certificates, a JWK or a JWKS (RFC 7517). As MicroProfile JWT has it,
 * the JSON may be encoded in base64, and a single PEM key may come without its first and last line.
 */
final class VerificationKeys {

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final int FEWEST_RSA_BITS = 2048;

    private VerificationKeys() {}

    /** @throws IllegalArgumentException if there is no key that can be used; the message says why */
    static JWKSet of(String text) {
        String trimmed = text.strip();
        List<JWK> keys;
        if (trimmed.startsWith("{")) {
            keys = ofJson(trimmed);
        } else if (trimmed.contains("-----BEGIN ")) {
            keys = ofPem(trimmed);
        } else {
            byte[] decoded = decoded(trimmed);
            keys = decoded.length > 0 && decoded[0] == '{'
                    ? ofJson(new String(decoded, UTF_8))
                    : List.of(ofDer(decoded));
        }
        List<JWK> usable = keys.stream().filter(VerificationKeys::isUsable).toList();
        if (usable.isEmpty()) {
            throw new IllegalArgumentException("there is no public RSA key of 2048 bits or more, and no public EC key");
        }
        return new JWKSet(usable);
    }

    /** Never a secret one: who knows it could sign tokens himself. */
    private static boolean isUsable(JWK key) {
        return key instanceof RSAKey rsa && rsa.size() >= FEWEST_RSA_BITS || key instanceof ECKey;
    }

    private static List<JWK> ofJson(String json) {
        try {
            Stream<JWK> all =
                    json.contains("\"keys\"") ? JWKSet.parse(json).getKeys().stream() : Stream.of(JWK.parse(json));
            return all.filter(VerificationKeys::isUsable).map(JWK::toPublicJWK).toList();
        } catch (ParseException e) {
            throw new IllegalArgumentException("it is neither a JWK nor a JWKS: " + e.getMessage(), e);
        }
    }

    private static List<JWK> ofPem(String pem) {
        var keys = new ArrayList<JWK>();
        var block = PEM.matcher(pem);
        while (block.find()) {
            keys.add(
                    switch (block.group(1)) {
                        case "PUBLIC KEY" -> ofDer(decoded(block.group(2)));
                        case "CERTIFICATE" -> ofCertificate(block.group());
                        default ->
                            throw new IllegalArgumentException(
                                    "a PEM block is a " + block.group(1) + "; give a PUBLIC KEY or a CERTIFICATE");
                    });
        }
        return keys;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is neither PEM, nor a JWK, nor a JWKS", e);
        }
    }

    private static JWK ofCertificate(String pem) {
        try {
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
            return ofKey(certificate.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static JWK ofDer(byte[] der) {
        for (String algorithm : ALGORITHMS) {
            Optional<PublicKey> key = ofDer(der, algorithm);
            if (key.isPresent()) {
                return ofKey(key.get());
            }
        }
        throw new IllegalArgumentException("it is neither PEM, nor a JWK, nor a JWKS");
    }

    private static Optional<PublicKey> ofDer(byte[] der, String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** A key that has no id. */
    private static JWK ofKey(PublicKey key) {
        try {
            if (key instanceof RSAPublicKey rsa) {
                return new RSAKey.Builder(rsa).build();
            }
            if (key instanceof ECPublicKey ec) {
                return new ECKey.Builder(curve(ec), ec).build();
            }
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("a key cannot be used: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("a key is neither RSA nor EC");
    }

    private static Curve curve(ECPublicKey key) {
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (curve == null) {
            throw new IllegalArgumentException(
                    "an EC key is on a curve that is not supported; use P-256, P-384 or P-521");
        }
        return curve;
    }
}
