package org.livespan.security;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.livespan.http.Problems;

/**
 * The server's own authentication. The application has no security constraint, so it has to be asked for.
 *
 * @see <a href="https://jakarta.ee/specifications/servlet/6.0/jakarta-servlet-spec-6.0#programmatic-security">Jakarta Servlet 6.0,
 *     13.3, Programmatic Security</a>
 */
@ApplicationScoped
class ServerLogin {

    /** With others, a server might read and keep a body, in order to repeat the request after the login. */
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final Logger LOG = System.getLogger(ServerLogin.class.getName());

    /** Nothing was said, or that credentials are needed. */
    private static final Set<Integer> CHALLENGES =
            Set.of(HttpServletResponse.SC_OK, HttpServletResponse.SC_UNAUTHORIZED);

    @Inject
    SecurityContext context;

    private final AtomicBoolean logged = new AtomicBoolean();

    /**
     * The caller, if the server knows who it is. If not, it may have answered: at {@link Problems#LOGIN} with its form, or a redirect to where
     * people log in. Programs could do nothing with either, so elsewhere only its challenge is kept ({@code WWW-Authenticate}).
     */
    Optional<Caller> caller(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return request.getUserPrincipal() != null || isAuthenticated(request, response)
                ? Optional.of(new ServerCaller(request, context))
                : Optional.empty();
    }

    private boolean isAuthenticated(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!READING.contains(request.getMethod())) {
            return false;
        }
        try {
            return request.authenticate(isForPeople(request) ? response : new ChallengeOnly(response))
                    && request.getUserPrincipal() != null;
        } catch (ServletException e) {
            if (logged.compareAndSet(false, true)) {
                LOG.log(
                        WARNING,
                        "The server cannot authenticate callers of this application (livespan.security=container): {0}",
                        e.getMessage());
            }
            return false;
        }
    }

    /**
     * Whether the server's answer to an unknown caller is kept: at {@link Problems#LOGIN} its form, a redirect to where people log in, or why
     * they cannot.
     */
    boolean hasAnswered(HttpServletRequest request, HttpServletResponse response) {
        return response.isCommitted() || isForPeople(request) && !CHALLENGES.contains(response.getStatus());
    }

    /** Other sites link to it and return to it, and nothing can be read there. */
    static boolean isForPeople(HttpServletRequest request) {
        return request.getServletPath().equals(Problems.LOGIN);
    }
}
