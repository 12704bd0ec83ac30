package org.livespan.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps browsers from guessing content types: rows and problems repeat what others wrote, and must never be taken for a page or
 * a script. And keeps them from loading anything into pages of other origins, except for what those may read by CORS.
 * {@code web.xml} puts it before all other filters.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#x-content-type-options-header">Fetch, X-Content-Type-Options</a>
 * @see <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">Fetch, Cross-Origin-Resource-Policy</a>
 */
public class ContentTypePolicy extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        chain.doFilter(request, response);
    }
}
