package org.livespan.stream;

import jakarta.inject.Inject;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves nothing: its {@code destroy()} is the earliest shutdown callback of a web application. Once the JAX-RS servlet has
 * been destroyed, streams can still be ended, but Payara logs a stack trace for each.
 */
public class StreamsServlet extends GenericServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient Clients clients;

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    @Override
    public void destroy() {
        clients.stop();
    }
}
