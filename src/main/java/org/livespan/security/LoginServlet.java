package org.livespan.security;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Where people log in, if the server authenticates them: who gets past the {@link AuthenticationFilter} is sent back to the page.
 */
public class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PAGE = "./";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", PAGE);
        response.setHeader("Cache-Control", "no-store");
    }
}
