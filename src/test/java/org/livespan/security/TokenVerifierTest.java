package org.livespan.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are accepted, and what is known of their callers then. */
class TokenVerifierTest {

    private static final Issuer ISSUER = Issuer.rsa("one");
    private static final Issuer OTHER = Issuer.rsa("other");
    /** Not the library's default. */
    private static final Duration SKEW = Duration.ofSeconds(90);

    private final TokenSettings settings = settings(ISSUER.pem());

    private static TokenSettings settings(String key) {
        var settings = new TokenSettings();
        settings.key = Optional.ofNullable(key);
        settings.keyLocation = Optional.empty();
        settings.issuer = Optional.of(Issuer.NAME);
        settings.audiences = Optional.empty();
        settings.clockSkew = (int) SKEW.toSeconds();
        settings.cookie = "Bearer";
        settings.rolesClaim = "groups";
        return settings;
    }

    private static TokenSettings settingsAt(String location) {
        TokenSettings settings = settings(null);
        settings.keyLocation = Optional.of(location);
        return settings;
    }

    private static TokenVerifier verifier(TokenSettings settings) {
        var verifier = new TokenVerifier();
        verifier.settings = settings;
        verifier.start();
        verifier.look();
        return verifier;
    }

    private TokenCaller verified(String token) throws Exception {
        return verifier(settings).verify(token);
    }

    private void assertRefused(String token) {
        assertRefused(verifier(settings), token);
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> verifier.verify(token))
                .satisfies(refusal -> assertThat(token).doesNotContain(refusal.getMessage()))
                .withMessageMatching("[A-Z][^\"\\\\]*\\.");
    }

    @Test
    void a_token_tells_the_caller_his_roles_and_until_when_it_is_valid() throws Exception {
        Instant end = Instant.now().plusSeconds(100).truncatedTo(ChronoUnit.SECONDS);
        TokenCaller caller = verified(ISSUER.token(claims -> claims.subject("4711")
                .claim("preferred_username", "ada")
                .claim("groups", List.of("sales", "admin", 7))
                .expirationTime(Date.from(end))));
        assertThat(caller.name()).contains("ada");
        assertThat(caller.isInRole("sales")).isTrue();
        assertThat(caller.isInRole("admin")).isTrue();
        assertThat(caller.isInRole("7")).isFalse();
        assertThat(caller.until()).contains(end.plus(SKEW));
        assertThat(caller).asString().doesNotContain("ada");
    }

    @Test
    void a_claim_is_looked_for_by_its_whole_name_first_and_then_as_a_path() throws Exception {
        TokenCaller caller = verified(ISSUER.token(claims -> claims.claim("https://example/tenant", "whole")
                .claim("https:", Map.of("", Map.of("example", Map.of("tenant", "path"))))
                .claim("realm_access", Map.of("roles", List.of("a", "b")))
                .claim("number", 7)));
        assertThat(caller.claim("https://example/tenant")).contains("whole");
        assertThat(caller.claim("realm_access/roles")).contains(List.of("a", "b"));
        assertThat(caller.claim("number")).contains(7L);
        assertThat(caller.claim("number/more")).isEmpty();
        assertThat(caller.claim("nothing")).isEmpty();
    }

    @Test
    void the_roles_of_Keycloak_and_those_of_a_scope_are_found() throws Exception {
        settings.rolesClaim = "realm_access/roles";
        assertThat(verified(ISSUER.token(claims -> claims.claim("realm_access", Map.of("roles", List.of("sales")))
                                .claim("azp", "portal")
                                .claim("typ", "Bearer")))
                        .isInRole("sales"))
                .isTrue();
        settings.rolesClaim = "scope";
        TokenCaller scoped = verified(ISSUER.token(claims -> claims.claim("scope", "openid sales")));
        assertThat(scoped.isInRole("sales")).isTrue();
        assertThat(scoped.isInRole("openid sales")).isFalse();
    }

    @Test
    void tokens_of_each_accepted_algorithm_are_verified_with_PEM_JWK_and_JWKS() throws Exception {
        for (Issuer issuer : List.of(
                ISSUER, Issuer.ec(Curve.P_256, "a"), Issuer.ec(Curve.P_384, "b"), Issuer.ec(Curve.P_521, null))) {
            String jwk = issuer.key().toPublicJWK().toString();
            for (String keys : List.of(
                    issuer.pem(),
                    issuer.pem().replaceAll("-----.*-----", ""),
                    jwk,
                    Base64.getUrlEncoder().encodeToString(jwk.getBytes(UTF_8)),
                    OTHER.jwks(issuer))) {
                assertThat(verifier(settings(keys)).verify(issuer.token("ada")).name())
                        .contains("ada");
            }
        }
        for (var algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512)) {
            assertThat(verified(ISSUER.signed(new JWSHeader(algorithm), claims()))
                            .name())
                    .contains("ada");
        }
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .subject("ada")
                .issuer(Issuer.NAME)
                .expirationTime(Date.from(Instant.now().plusSeconds(100)))
                .build();
    }

    @Test
    void an_access_token_says_that_it_is_one_and_other_kinds_of_tokens_are_refused() throws Exception {
        assertThat(verified(ISSUER.signed(typed("at+jwt"), claims())).name()).contains("ada");
        assertThat(verified(ISSUER.signed(typed("JWT"), claims())).name()).contains("ada");
        assertRefused(ISSUER.signed(typed("logout+jwt"), claims()));
    }

    private static JWSHeader typed(String type) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .build();
    }

    @Test
    void a_token_that_is_not_signed_is_refused() {
        assertRefused(new PlainJWT(claims()).serialize());
        String[] parts = ISSUER.token("ada").split("\\.");
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
    }

    @Test
    void a_token_signed_with_the_public_key_as_a_secret_is_refused() throws Exception {
        for (byte[] secret : List.of(
                ISSUER.pem().getBytes(UTF_8),
                ISSUER.key().toRSAKey().toPublicKey().getEncoded())) {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims());
            token.sign(new MACSigner(secret));
            assertRefused(token.serialize());
        }
    }

    @Test
    void a_token_signed_with_another_key_is_refused_whatever_it_says_of_its_key() throws JOSEException {
        JWK theirs = OTHER.key().toPublicJWK();
        var claims = claims();
        assertRefused(OTHER.token("ada"));
        assertRefused(OTHER.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims));
        assertRefused(OTHER.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(theirs).build(), claims));
        assertRefused(OTHER.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                        .x509CertURL(URI.create("http://127.0.0.1:1/keys"))
                        .build(),
                claims));
        assertRefused(OTHER.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("../../../etc/passwd")
                        .build(),
                claims));
        assertRefused(ISSUER.token("ada").replaceFirst("\\.[^.]{10}", ".eyJzdWIiOi"));
    }

    @Test
    void a_token_is_valid_from_its_beginning_to_its_expiry_with_the_clock_skew() throws Exception {
        Instant now = Instant.now();
        assertThat(verified(expiring(now.minus(SKEW).plusSeconds(20))).name()).contains("ada");
        assertRefused(expiring(now.minus(SKEW).minusSeconds(2)));
        assertThat(verified(beginning(now.plus(SKEW).minusSeconds(20))).name()).contains("ada");
        assertRefused(beginning(now.plus(SKEW).plusSeconds(20)));
        assertRefused(ISSUER.token(claims -> claims.subject("ada").expirationTime(null)));
    }

    private static String expiring(Instant end) {
        return ISSUER.token(claims -> claims.subject("ada").expirationTime(Date.from(end)));
    }

    private static String beginning(Instant begin) {
        return ISSUER.token(claims -> claims.subject("ada").notBeforeTime(Date.from(begin)));
    }

    @Test
    void a_token_of_another_issuer_or_for_another_audience_is_refused() throws Exception {
        assertRefused(ISSUER.token(claims -> claims.subject("ada").issuer("https://elsewhere.example")));
        assertRefused(ISSUER.token(claims -> claims.subject("ada").issuer(null)));
        settings.audiences = Optional.of("livespan, portal");
        assertThat(verified(ISSUER.token(claims -> claims.subject("ada").audience(List.of("x", "portal"))))
                        .name())
                .contains("ada");
        assertRefused(ISSUER.token(claims -> claims.subject("ada").audience("x")));
        assertRefused(ISSUER.token("ada"));
    }

    @Test
    void an_issuer_or_audiences_that_are_set_to_nothing_fit_no_token() {
        settings.audiences = Optional.of("");
        assertRefused(ISSUER.token("ada"));
        settings.audiences = Optional.empty();
        settings.issuer = Optional.of("");
        assertRefused(ISSUER.token("ada"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a.b.c", "eyJhbGciOiJSUzI1NiJ9..", "Ada", "ä.ö.ü", "{\"alg\":\"none\"}"})
    void what_is_no_token_is_refused(String text) {
        assertRefused(text);
    }

    @Test
    void a_token_that_is_nested_thousands_of_times_is_refused() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String header = "{\"alg\":\"RS256\",\"x\":" + deep + "}";
        assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8)) + ".e30.e30");
    }

    @Test
    void a_token_that_is_too_long_is_refused_unread() {
        assertRefused(ISSUER.token(claims -> claims.claim("much", "x".repeat(1 << 20))));
    }

    @Test
    void without_a_key_or_with_one_that_cannot_be_used_no_token_is_accepted() {
        for (String key :
                new String[] {null, "nonsense", "{}", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"}) {
            assertRefused(verifier(settings(key)), ISSUER.token("ada"));
        }
    }

    @Test
    void keys_that_are_too_weak_or_secret_are_not_used() throws Exception {
        var weak = Issuer.rsa("weak", 1024);
        var secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
        for (String keys : List.of(weak.pem(), weak.key().toPublicJWK().toString(), weak.jwks(ISSUER))) {
            assertRefused(verifier(settings(keys)), weak.token("ada"));
        }
        String mixed = new JWKSet(List.of(secret, ISSUER.key())).toString(false);
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("secret").build(), claims());
        token.sign(new MACSigner(secret));
        assertRefused(verifier(settings(mixed)), token.serialize());
        assertThat(verifier(settings(mixed)).verify(ISSUER.token("ada")).name()).contains("ada");
    }

    @Test
    void keys_are_read_from_a_file_by_its_path_or_its_URL(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("keys.json"), OTHER.jwks(ISSUER));
        for (String location : List.of(file.toString(), file.toUri().toString())) {
            assertThat(verifier(settingsAt(location))
                            .verify(ISSUER.token("ada"))
                            .name())
                    .contains("ada");
        }
    }

    @Test
    void keys_that_cannot_be_read_are_said_to_be_missing_and_not_the_token_to_be_wrong(@TempDir Path directory) {
        TokenVerifier verifier =
                verifier(settingsAt(directory.resolve("none.pem").toString()));
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> verifier.verify(ISSUER.token("ada")));
    }

    @Test
    void keys_at_an_address_are_read_again_for_an_unknown_key_id_but_not_for_each_of_them() throws Exception {
        var published = new String[] {OTHER.jwks()};
        var asked = new AtomicInteger();
        try (var server = new KeyServer(() -> published[0], asked)) {
            TokenVerifier verifier = verifier(settingsAt(server.address()));
            assertThat(verifier.verify(OTHER.token("ada")).name()).contains("ada");
            assertThat(asked).hasValue(1);

            published[0] = OTHER.jwks(ISSUER);
            assertThat(verifier.verify(ISSUER.token("ada")).name()).contains("ada");
            assertThat(asked).hasValue(2);
            for (int i = 0; i < 20; i++) {
                assertRefused(verifier, Issuer.ec(Curve.P_256, "invented" + i).token("ada"));
            }
            assertThat(asked).hasValueLessThanOrEqualTo(3);
            assertThat(verifier.verify(OTHER.token("ada")).name()).contains("ada");
        }
    }

    @Test
    void a_megabyte_of_keys_is_not_read() throws Exception {
        try (var server = new KeyServer(() -> ISSUER.jwks() + " ".repeat(1 << 20), new AtomicInteger())) {
            TokenVerifier verifier = verifier(settingsAt(server.address()));
            assertThatExceptionOfType(KeysUnavailableException.class)
                    .isThrownBy(() -> verifier.verify(ISSUER.token("ada")));
        }
    }

    /** Where an issuer publishes its keys. */
    private static final class KeyServer implements AutoCloseable {

        private final HttpServer server;

        KeyServer(Supplier<String> keys, AtomicInteger asked) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                asked.incrementAndGet();
                byte[] body = keys.get().getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
