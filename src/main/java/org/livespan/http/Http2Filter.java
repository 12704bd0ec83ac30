package org.livespan.http;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses HTTP/2 on servers that cannot limit what a client leaves unread.
 *
 * <p>On Payara, {@code isReady()} considers a stream's own window (RFC 9113, section 5.2) and not the connection's. What the
 * connection may not send yet waits on the heap, without limit, and one client that never updates the connection's window can
 * fill it. No standard API reveals this, so Payara is recognised by its name, and any other server by the setting.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class Http2Filter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(Http2Filter.class.getName());
    private static final String HTTP_2 = "HTTP/2";
    private static final String UNBOUNDED = "Payara";

    @Inject
    transient Problems problems;

    @Inject
    @ConfigProperty(name = "livespan.http2")
    transient Optional<Boolean> allowed;

    private final AtomicBoolean logged = new AtomicBoolean();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getProtocol().startsWith(HTTP_2) && !isAllowed()) {
            log();
            var problem = new Problem(
                    ProblemType.HTTP_VERSION_NOT_SUPPORTED,
                    "This server does not serve feeds over HTTP/2. Use HTTP/1.1, or ask its administrator to turn HTTP/2 off.");
            problems.write(problem, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isAllowed() {
        return allowed.orElse(!getServletContext().getServerInfo().contains(UNBOUNDED));
    }

    private void log() {
        if (logged.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "Requests over HTTP/2 are refused: {0} buffers without limit what such a client does not read."
                            + " Turn HTTP/2 off in the server and terminate it at a proxy, or set livespan.http2=true if"
                            + " you trust all clients that can connect.",
                    getServletContext().getServerInfo());
        }
    }
}
