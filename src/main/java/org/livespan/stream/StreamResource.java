package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.livespan.feed.Filter;
import org.livespan.http.ClientAddresses;
import org.livespan.http.ContentEncoding;
import org.livespan.http.ContentEncodings;
import org.livespan.http.Parameter;
import org.livespan.http.WindowRequest;
import org.livespan.http.WindowRequests;
import org.livespan.live.FirstResult;
import org.livespan.security.Caller;
import org.livespan.security.FeedAccess;

/**
 * A window's result now, and again whenever it differs.
 *
 * <p>{@code @Suspended} puts the request in asynchronous mode. The stream is then written through the servlet's non-blocking
 * output; the {@code AsyncResponse} answers if there is a problem before the stream begins, and ends the request when the
 * stream is over.
 */
@Path("feeds/{feed}/stream")
@ApplicationScoped
public class StreamResource {

    private static final Logger LOG = System.getLogger(StreamResource.class.getName());

    /** More than a digest has. */
    private static final int MOST_CHARACTERS = 100;

    @Inject
    WindowRequests requests;

    @Inject
    Clients clients;

    @Inject
    ClientAddresses addresses;

    @Inject
    Writers writers;

    @Inject
    StreamCounts counts;

    @Inject
    ContentEncodings encodings;

    @Inject
    FeedAccess access;

    @Inject
    StreamLifetimes lifetimes;

    @GET
    @Produces(EventStreamFormat.MEDIA_TYPE)
    public void stream(
            @PathParam("feed") String feed,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @Context UriInfo uri,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        Caller caller = Caller.of(request);
        List<Filter> claims = access.require(caller, feed);
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        WindowRequest window = requests.read(feed, parameters).bound(claims);
        StreamMode asked = Parameter.of(parameters, "mode", StreamMode::parse).orElse(StreamMode.RESULTS);
        StreamMode mode = Parameter.isTrue(parameters, "positions") ? asked.positioned() : asked;
        boolean timed = Parameter.isTrue(parameters, "timing");
        String digestShown = Parameter.of(parameters, "lastEventId", Function.identity())
                .filter(given -> lastEventId == null)
                .or(() -> Optional.ofNullable(lastEventId))
                .map(StreamResource::possible)
                .orElse(null);
        ContentEncoding encoding = encodings.of(request);
        var sink = new ServletEventSink(
                request.getAsyncContext(),
                writers.output(),
                encoding.gzip() ? EventCoding.gzip() : EventCoding.IDENTITY,
                () -> response.resume(Response.ok().build()));
        var client = new Client(addresses.of(request), caller.name().orElse(null));
        Optional<Instant> until = caller.until();
        clients.join(window, client, digestShown == null ? FirstResult.CURRENT : FirstResult.HELD)
                .whenCompleteAsync(
                        (seat, failure) -> {
                            if (failure == null) {
                                Backlog backlog = mode.backlog(digestShown);
                                begin(
                                        sink,
                                        encoding,
                                        seat,
                                        timed ? new TimedBacklog(backlog) : backlog,
                                        lifetimes.of(until));
                            } else {
                                refuse(response, sink, failure);
                            }
                        },
                        writers.executor());
    }

    /** It is kept while the client is served, so one that is no digest is forgotten. */
    private static String possible(String digest) {
        return digest.length() <= MOST_CHARACTERS ? digest : "";
    }

    /** The headers of the stream; without this method, HEAD would begin it. */
    @HEAD
    @Produces(EventStreamFormat.MEDIA_TYPE)
    public Response head(@PathParam("feed") String feed, @Context UriInfo uri, @Context HttpServletRequest request) {
        access.require(Caller.of(request), feed);
        requests.read(feed, uri.getQueryParameters());
        return encodings
                .of(request)
                .vary(Response.ok())
                .type(EventStreamFormat.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static void refuse(AsyncResponse response, ServletEventSink sink, Throwable failure) {
        try {
            response.resume(failure instanceof CompletionException ? failure.getCause() : failure);
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "The application is being stopped, and answers without JAX-RS: {0}", e);
            sink.refuse();
        }
    }

    private void begin(ServletEventSink sink, ContentEncoding encoding, Seat seat, Backlog backlog, Lifetime lifetime) {
        try {
            sink.open(encoding.with(EventStreamFormat.HEADERS));
            counts.countOpened();
            seat.broadcaster().register(sink, backlog, lifetime, ending -> {
                counts.countEnded(ending);
                seat.close();
            });
        } catch (IOException e) {
            LOG.log(DEBUG, "A client was gone before its stream began: {0}", e);
            seat.close();
            sink.close();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "A stream could not be started", e);
            seat.close();
            sink.close();
        }
    }
}
