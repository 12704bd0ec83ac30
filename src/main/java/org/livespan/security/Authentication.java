package org.livespan.security;

import static java.lang.System.Logger.Level.INFO;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Optional;
import org.livespan.http.Origins;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.http.Problems;

/** Identifies the caller of a request as {@code livespan.security} says. */
@ApplicationScoped
class Authentication {

    private static final Logger LOG = System.getLogger(Authentication.class.getName());

    @Inject
    GivenSettings given;

    @Inject
    TokenVerifier tokens;

    @Inject
    TokenSettings settings;

    @Inject
    ServerLogin login;

    @Inject
    Origins origins;

    @Inject
    Problems problems;

    private SecurityMode mode;

    @PostConstruct
    void start() {
        mode = given.mode();
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        switch (mode) {
            case NONE ->
                LOG.log(
                        INFO,
                        "Anyone who can reach this server can read every feed that has no roles (livespan.security=none)");
            case JWT -> tokens.look();
            case CONTAINER -> LOG.log(INFO, "Callers are authenticated by the server (livespan.security=container)");
        }
    }

    /**
     * @return the request, with its {@link Caller}; empty if the server has answered it
     * @throws InvalidTokenException if its token is not accepted
     * @throws Problem if it is refused for another reason
     */
    Optional<HttpServletRequest> of(HttpServletRequest request, HttpServletResponse response)
            throws InvalidTokenException, IOException {
        return switch (mode) {
            case NONE -> known(request, Caller.ANYBODY);
            case JWT -> byToken(request);
            case CONTAINER -> byServer(request, response);
        };
    }

    private static Optional<HttpServletRequest> known(HttpServletRequest request, Caller caller) {
        Caller.note(request, caller);
        return Optional.of(request);
    }

    private Optional<HttpServletRequest> byToken(HttpServletRequest request) throws InvalidTokenException {
        RequestToken token = RequestToken.of(request, settings.cookie)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNAUTHORIZED,
                        "Send a token: in the header Authorization, or in the cookie " + settings.cookie + "."));
        if (token.inCookie()) {
            requireOwnPage(request);
        }
        try {
            TokenCaller caller = tokens.verify(token.text());
            return known(new AuthenticatedRequest(request, caller), caller);
        } catch (KeysUnavailableException e) {
            throw new Problem(
                    ProblemType.LOGIN_UNAVAILABLE, "Tokens cannot be verified at the moment. Try again shortly.");
        }
    }

    private void requireOwnPage(HttpServletRequest request) {
        if (origins.isForeign(request)) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "Pages of this origin may not use a visitor's login here. An administrator can list the origin in livespan.cors.origins.");
        }
    }

    private Optional<HttpServletRequest> byServer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!ServerLogin.isForPeople(request)) {
            requireOwnPage(request);
        }
        Optional<Caller> caller = login.caller(request, response);
        if (caller.isEmpty() && !login.hasAnswered(request, response)) {
            throw problems.loginRequired();
        }
        return caller.flatMap(some -> known(request, some));
    }
}
