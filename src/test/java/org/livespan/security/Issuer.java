package org.livespan.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Signs tokens, as the login server of an organisation does. */
public final class Issuer {

    public static final String NAME = "https://login.example/realms/portal";
    private static final int BITS = 2048;

    private final JWK key;

    private Issuer(JWK key) {
        this.key = key;
    }

    public static Issuer rsa(String keyId) {
        return rsa(keyId, BITS);
    }

    static Issuer rsa(String keyId, int bits) {
        try {
            return new Issuer(new RSAKeyGenerator(bits, true).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Issuer ec(Curve curve, String keyId) {
        try {
            return new Issuer(new ECKeyGenerator(curve).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWK key() {
        return key;
    }

    /** What it publishes: its key, and those of others. */
    public String jwks(Issuer... others) {
        var all = new ArrayList<>(List.of(key));
        for (Issuer other : others) {
            all.add(other.key);
        }
        return new JWKSet(all).toString();
    }

    /** The public key. */
    public String pem() {
        try {
            byte[] der = key instanceof RSAKey rsa
                    ? rsa.toPublicKey().getEncoded()
                    : key.toECKey().toPublicKey().getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of a server that accepts its tokens, as {@code name=value}. */
    public List<String> settings() {
        return List.of(
                "livespan.security=jwt",
                "mp.jwt.verify.publickey=" + pem().replaceAll("-----.*-----|\\s", ""),
                "mp.jwt.verify.issuer=" + NAME);
    }

    /** A token of this user with these roles, for a quarter of an hour. */
    public String token(String user, String... roles) {
        return token(claims -> claims.subject(user).claim("groups", List.of(roles)));
    }

    /** @param more changes what every token has: an issuer, and times for a quarter of an hour */
    public String token(UnaryOperator<JWTClaimsSet.Builder> more) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(15))));
        return signed(
                new JWSHeader.Builder(algorithm()).keyID(key.getKeyID()).build(),
                more.apply(claims).build());
    }

    private JWSAlgorithm algorithm() {
        if (key instanceof ECKey ec) {
            return ec.getCurve().equals(Curve.P_256)
                    ? JWSAlgorithm.ES256
                    : ec.getCurve().equals(Curve.P_384) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES512;
        }
        return JWSAlgorithm.RS256;
    }

    String signed(JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(
                    key instanceof ECKey ec
                            ? new ECDSASigner(ec)
                            : new RSASSASigner(key.toRSAKey().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
