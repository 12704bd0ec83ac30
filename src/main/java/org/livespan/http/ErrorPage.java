package org.livespan.http;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers requests that the server refuses itself, outside JAX-RS, with a problem: {@code web.xml} makes this the error page.
 * The server's own words, which may name classes and versions, are left out.
 */
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int FIRST_OF_THE_SERVER = 500;

    @Inject
    transient Problems problems;

    /** An error has the method of its request, whatever that is. Requests for this address itself get a 404. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given
                    ? given
                    : HttpServletResponse.SC_NOT_FOUND;
            problems.write(problem(status), status, response);
        }
    }

    private Problem problem(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED -> problems.loginRequired();
            case HttpServletResponse.SC_FORBIDDEN ->
                new Problem(ProblemType.FORBIDDEN, "You are not allowed to do this.");
            case HttpServletResponse.SC_NOT_FOUND ->
                new Problem(ProblemType.NOT_FOUND, "Nothing is served at this path. GET api/feeds lists the feeds.");
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED, HttpServletResponse.SC_NOT_IMPLEMENTED ->
                new Problem(ProblemType.METHOD_NOT_ALLOWED, "Feeds are read-only: use GET.");
            case HttpServletResponse.SC_SERVICE_UNAVAILABLE ->
                new Problem(
                        ProblemType.SHUTTING_DOWN,
                        "This server is stopping or has not started yet. Try again shortly.");
            default ->
                status < FIRST_OF_THE_SERVER
                        ? new Problem(ProblemType.MALFORMED_REQUEST, "The request cannot be understood.")
                        : new Problem(ProblemType.INTERNAL_ERROR, "See the server's log.");
        };
    }
}
