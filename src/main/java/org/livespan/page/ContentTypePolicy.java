package org.livespan.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps browsers from guessing content types: rows and problems repeat what others wrote, and must never be taken for a page or
 * a script. {@code web.xml} puts it before all other filters.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#x-content-type-options-header">Fetch, X-Content-Type-Options</a>
 */
public class ContentTypePolicy extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        chain.doFilter(request, response);
    }
}
