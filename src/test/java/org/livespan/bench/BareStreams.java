package org.livespan.bench;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a stream costs on a server when the application does nothing: a servlet that writes one event and keeps the request,
 * and heartbeats that detect when a client has gone. Its path is {@code /bare/servlet}.
 */
public class BareStreams extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int SECONDS_BETWEEN_HEARTBEATS = 5;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** As long as that of {@link Crowd}. */
    private static final byte[] EVENT =
            ("id: " + "-".repeat(43) + "\ndata: " + "x".repeat(13_000) + "\n\n").getBytes(StandardCharsets.US_ASCII);

    private static final Set<AsyncContext> OPEN = ConcurrentHashMap.newKeySet();

    private transient ScheduledExecutorService heartbeats;

    @Override
    public void init() {
        heartbeats = Executors.newSingleThreadScheduledExecutor();
        heartbeats.scheduleWithFixedDelay(
                () -> OPEN.forEach(BareStreams::beat),
                SECONDS_BETWEEN_HEARTBEATS,
                SECONDS_BETWEEN_HEARTBEATS,
                TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        heartbeats.shutdownNow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store");
        begin(request.startAsync());
    }

    static void begin(AsyncContext context) throws IOException {
        context.setTimeout(0);
        write(context, EVENT);
        OPEN.add(context);
    }

    private static void beat(AsyncContext context) {
        try {
            write(context, HEARTBEAT);
        } catch (IOException | RuntimeException e) {
            OPEN.remove(context);
            context.complete();
        }
    }

    private static void write(AsyncContext context, byte[] bytes) throws IOException {
        var output = context.getResponse().getOutputStream();
        output.write(bytes);
        output.flush();
    }
}
