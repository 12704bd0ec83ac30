package org.livespan.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Predicate;
import org.livespan.time.Quoted;

/**
 * Passes only those requests to JAX-RS that every implementation can parse. To the others each would react in its own way:
 * with a page, with 500, or with a stack trace in the log for every such request.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class ReadableRequests extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Problems problems;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> trouble = trouble(request);
        if (trouble.isPresent()) {
            var problem = new Problem(ProblemType.MALFORMED_REQUEST, trouble.get());
            problems.write(problem, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<String> trouble(HttpServletRequest request) {
        String query = request.getQueryString();
        if (!RequestSyntax.isEncoded(request.getRequestURI()) || query != null && !RequestSyntax.isEncoded(query)) {
            return Optional.of(
                    "The URL is malformed: each % must be followed by two hexadecimal digits, and the decoded bytes"
                            + " must be UTF-8. Write a literal % as %25.");
        }
        return trouble(request, HttpHeaders.ACCEPT, RequestSyntax::isAccept, "a list of media types")
                .or(() -> trouble(
                        request, HttpHeaders.ACCEPT_LANGUAGE, RequestSyntax::isLanguages, "a list of languages"))
                .or(() -> trouble(request, HttpHeaders.CONTENT_TYPE, RequestSyntax::isContentType, "a media type"));
    }

    private static Optional<String> trouble(
            HttpServletRequest request, String header, Predicate<String> isRight, String what) {
        return Collections.list(request.getHeaders(header)).stream()
                .filter(isRight.negate())
                .findFirst()
                .map(value -> header + ": " + Quoted.of(value) + " is not " + what
                        + ". Omit it, or write it as in RFC 9110.");
    }
}
