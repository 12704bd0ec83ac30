package org.livespan.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;

/**
 * Where a slash is missing after a directory, the server sends the client to a path: with a host, {@code Location} would
 * repeat whatever the request calls this server, and a cache would send others there.
 *
 * <p>Payara and WildFly redirect before they ask any filter: {@code glassfish-web.xml}, {@code undertow-handlers.conf}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2">RFC 9110, Location</a>
 */
@WebFilter({"/", "/page", "/styles", "/messages", "/lib", "/lib/chart.js"})
public class RelativeRedirects extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new Relative(response));
    }

    /** Nothing here redirects to elsewhere. */
    private static final class Relative extends HttpServletResponseWrapper {

        Relative(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) {
            setStatus(SC_FOUND);
            setHeader("Location", URI.create(location).getRawPath());
        }
    }
}
