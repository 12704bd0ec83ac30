package org.livespan.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Optional;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.http.Problems;

/**
 * Refuses requests of unauthenticated callers, if {@code livespan.security} requires authentication. {@code web.xml} puts it before
 * everything that looks at what is requested.
 */
public class AuthenticationFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Authentication authentication;

    @Inject
    transient Problems problems;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<HttpServletRequest> known;
        try {
            known = authentication.of(request, response);
        } catch (InvalidTokenException e) {
            challenge(response, ", error=\"invalid_token\", error_description=\"" + e.getMessage() + "\"");
            problems.write(new Problem(ProblemType.UNAUTHORIZED, e.getMessage()), response);
            return;
        } catch (Problem e) {
            if (e.type().status() == HttpServletResponse.SC_UNAUTHORIZED) {
                challenge(response, "");
            }
            problems.write(e, response);
            return;
        }
        if (known.isPresent()) {
            chain.doFilter(known.get(), response);
        }
    }

    /**
     * Says how to authenticate, unless the server's own login has.
     *
     * @param error empty if the request has no token
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
     */
    private static void challenge(HttpServletResponse response, String error) {
        if (!response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"livespan\"" + error);
        }
    }
}
