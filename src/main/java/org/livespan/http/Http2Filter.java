package org.livespan.http;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
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
@Provider
@PreMatching
public class Http2Filter implements ContainerRequestFilter {

    private static final Logger LOG = System.getLogger(Http2Filter.class.getName());
    private static final String HTTP_2 = "HTTP/2";
    private static final String UNBOUNDED = "Payara";

    @Inject
    @ConfigProperty(name = "livespan.http2")
    Optional<Boolean> allowed;

    @Context
    HttpServletRequest request;

    @Context
    ServletContext server;

    private final AtomicBoolean logged = new AtomicBoolean();

    @Override
    public void filter(ContainerRequestContext asked) {
        if (request.getProtocol().startsWith(HTTP_2) && !isAllowed()) {
            if (logged.compareAndSet(false, true)) {
                LOG.log(
                        WARNING,
                        "Requests over HTTP/2 are refused: {0} buffers without limit what such a client does not read."
                                + " Turn HTTP/2 off in the server and terminate it at a proxy, or set livespan.http2=true if"
                                + " you trust all clients that can connect.",
                        server.getServerInfo());
            }
            throw new Problem(
                    ProblemType.HTTP_VERSION_NOT_SUPPORTED,
                    "This server does not serve feeds over HTTP/2. Use HTTP/1.1, or ask its administrator to turn HTTP/2 off.");
        }
    }

    private boolean isAllowed() {
        return allowed.orElse(!server.getServerInfo().contains(UNBOUNDED));
    }
}
