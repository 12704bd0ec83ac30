package org.livespan.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Allows pages of the listed origins to read, with credentials, and answers preflight requests. {@code web.xml} puts it before
 * authentication, because a preflight request has no credentials.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public class CrossOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String HOUR = "3600";

    @Inject
    transient Origins origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (origins.areConfigured()) {
            response.setHeader(HttpHeaders.VARY, Origins.ORIGIN);
        }
        if (origins.isAllowed(request)) {
            response.setHeader("Access-Control-Allow-Origin", request.getHeader(Origins.ORIGIN));
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", "ETag, Retry-After, WWW-Authenticate");
            if (isPreflight(request)) {
                response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
                response.setHeader(
                        "Access-Control-Allow-Headers", "Authorization, Cache-Control, If-None-Match, Last-Event-ID");
                response.setHeader("Access-Control-Max-Age", HOUR);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
