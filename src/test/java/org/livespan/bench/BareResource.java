package org.livespan.bench;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import java.io.IOException;

/** The same as {@link BareStreams}, behind JAX-RS. Its path is {@code /bare/api/stream}. */
@Path("stream")
public class BareResource {

    /** Publishes it. */
    @ApplicationPath("api")
    public static class Publication extends Application {}

    @GET
    @Produces("text/event-stream")
    public void stream(@Context HttpServletRequest request, @Suspended AsyncResponse response) throws IOException {
        BareStreams.begin(request.getAsyncContext());
    }
}
