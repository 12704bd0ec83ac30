package org.livespan.security;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.livespan.db.RootCause;

/**
 * Verifies signed tokens: their signature, issuer, audience and times. Tokens that are unsigned, or signed with a shared secret
 * (HMAC), are never accepted, and keys that a token names or contains are ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
@ApplicationScoped
class TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** The second is that of access tokens, RFC 9068; a token may also have none. */
    private static final JOSEObjectType[] TYPES = {JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null};

    private static final int MOST_CHARACTERS = 16_384;
    private static final Duration CACHED = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_AN_OUTAGE = Duration.ofHours(4);
    private static final Duration LOCK = Duration.ofSeconds(10);

    /** Otherwise every token with an invented key id would cause a request. */
    private static final Duration BETWEEN_READS = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final Logger LOG = System.getLogger(TokenVerifier.class.getName());
    private static final String NOT_OURS = "The token's signature, or its algorithm, is not accepted here.";
    private static final String NONE_ACCEPTED = "No token is accepted: ";

    @Inject
    TokenSettings settings;

    /** When it was last logged that there are no keys, by {@link System#nanoTime()}. */
    private final AtomicLong logged = new AtomicLong(System.nanoTime() - 2 * BETWEEN_LINES.toNanos());

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private JWKSource<SecurityContext> keys;

    /** Null if the keys stand in the settings. */
    private KeySource source;

    @PostConstruct
    void start() {
        keys = keys();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
        processor.setJWSKeySelector(new KeySelector(ALGORITHMS, keys));
        var issuer = new JWTClaimsSet.Builder();
        settings.issuer.ifPresent(issuer::issuer);
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                settings.audiences.map(TokenVerifier::list).orElse(null), issuer.build(), Set.of("exp"), Set.of());
        claims.setMaxClockSkew(settings.clockSkew);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static Set<String> list(String separatedByCommas) {
        return Arrays.stream(separatedByCommas.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private JWKSource<SecurityContext> keys() {
        if (settings.key.isEmpty() && settings.keyLocation.isPresent()) {
            source = new KeySource(settings.keyLocation.get().strip());
            return JWKSourceBuilder.create(source)
                    .cache(CACHED.toMillis(), LOCK.toMillis())
                    .rateLimited(BETWEEN_READS.toMillis())
                    .outageTolerant(KEPT_IN_AN_OUTAGE.toMillis())
                    .build();
        }
        return new ImmutableJWKSet<>(settings.key.map(TokenVerifier::read).orElseGet(JWKSet::new));
    }

    private static JWKSet read(String keys) {
        try {
            return VerificationKeys.of(keys);
        } catch (IllegalArgumentException e) {
            LOG.log(ERROR, NONE_ACCEPTED + "{0} cannot be used: {1}.", TokenSettings.KEY, e.getMessage());
            return new JWKSet();
        }
    }

    /** Reads the keys at startup, so that a mistake is logged before the first token arrives. */
    void look() {
        if (settings.key.isEmpty() && settings.keyLocation.isEmpty()) {
            LOG.log(
                    ERROR,
                    NONE_ACCEPTED + "with livespan.security=jwt, set {0} or {1}.",
                    TokenSettings.KEY,
                    TokenSettings.KEY_LOCATION);
            return;
        }
        try {
            int number = keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .size();
            LOG.log(INFO, "Callers are identified by tokens (livespan.security=jwt), verified with {0} keys", number);
        } catch (KeySourceException e) {
            unavailable(e);
        }
        if (settings.issuer.isEmpty()) {
            LOG.log(
                    WARNING,
                    "Tokens of any issuer are accepted if the signature is valid. Set {0} to your issuer.",
                    TokenSettings.ISSUER);
        }
    }

    private void unavailable(KeySourceException failure) {
        long now = System.nanoTime();
        long before = logged.get();
        if (now - before > BETWEEN_LINES.toNanos() && logged.compareAndSet(before, now)) {
            LOG.log(
                    WARNING,
                    "Tokens cannot be verified: the keys at {0} cannot be read: {1} ({2})",
                    settings.keyLocation.orElse(""),
                    RootCause.of(failure),
                    TokenSettings.KEY_LOCATION);
        }
    }

    /**
     * Verifies a token.
     *
     * @throws InvalidTokenException if it is not accepted
     * @throws KeysUnavailableException if the keys cannot be read, so nothing can be said about the token
     */
    TokenCaller verify(String token) throws InvalidTokenException, KeysUnavailableException {
        if (token.length() > MOST_CHARACTERS) {
            throw new InvalidTokenException("The token is longer than " + MOST_CHARACTERS + " characters.");
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Instant until = claims.getExpirationTime().toInstant().plusSeconds(settings.clockSkew);
            return new TokenCaller(claims.toJSONObject(), settings.rolesClaim, until);
        } catch (ExpiredJWTException e) {
            throw new InvalidTokenException("The token has expired.");
        } catch (BadJWTException e) {
            throw new InvalidTokenException("The token's issuer, audience or times are not accepted here.");
        } catch (BadJOSEException e) {
            throw new InvalidTokenException(NOT_OURS);
        } catch (KeySourceException e) {
            if (e instanceof RateLimitReachedException && source.hasBeenRead()) {
                throw new InvalidTokenException(NOT_OURS);
            }
            unavailable(e);
            throw new KeysUnavailableException(e);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new InvalidTokenException("The token is not a signed JSON Web Token.");
        }
    }
}
