package org.livespan.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The settings of tokens, by the names of MicroProfile JWT, whether or not the server has that.
 *
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-jwt-auth-2.1/microprofile-jwt-auth-spec-2.1.html">MicroProfile
 *     JWT</a>
 */
@Dependent
class TokenSettings {

    static final String KEY = "mp.jwt.verify.publickey";
    static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    static final String ISSUER = "mp.jwt.verify.issuer";
    private static final String AUDIENCES = "mp.jwt.verify.audiences";

    @Inject
    @ConfigProperty(name = KEY)
    Optional<String> key;

    @Inject
    @ConfigProperty(name = KEY_LOCATION)
    Optional<String> keyLocation;

    @Inject
    GivenSettings given;

    /** If it is empty, no token is accepted. */
    Optional<String> issuer;

    /** Separated by commas; if they are empty, no token is accepted. */
    Optional<String> audiences;

    @Inject
    @ConfigProperty(name = "mp.jwt.token.cookie", defaultValue = "Bearer")
    String cookie;

    /** In seconds. */
    @Inject
    @ConfigProperty(name = "mp.jwt.verify.clock.skew", defaultValue = "60")
    int clockSkew;

    @Inject
    @ConfigProperty(name = "livespan.security.roles-claim", defaultValue = "groups")
    String rolesClaim;

    @PostConstruct
    void start() {
        issuer = given.text(ISSUER);
        audiences = given.text(AUDIENCES);
    }
}
