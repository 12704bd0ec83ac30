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
 * If a slash is missing after a directory, redirects to a path. With a host, {@code Location} would repeat the request's
 * {@code Host}, and a cache would send others there.
 *
 * <p>Payara and WildFly redirect before they call any filter: {@code glassfish-web.xml}, {@code undertow-handlers.conf}.
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

    /** Nothing in this application redirects elsewhere. */
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
