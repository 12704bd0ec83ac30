package org.livespan.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.feed.Filter;
import org.livespan.http.ContentEncodings;
import org.livespan.http.IfNoneMatch;
import org.livespan.http.WindowRequest;
import org.livespan.http.WindowRequests;
import org.livespan.security.Caller;
import org.livespan.security.FeedAccess;

/** The feeds, and plain requests for the rows of a window. */
@Path("feeds")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class FeedsResource {

    @Inject
    Feeds feeds;

    @Inject
    WindowRequests requests;

    @Inject
    PlainAnswers answers;

    @Inject
    ContentEncodings encodings;

    @Inject
    FeedAccess access;

    /** Those that the caller may see. */
    @GET
    public JsonArray feeds(@Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        var list = Json.createArrayBuilder();
        feeds.all().stream().filter(feed -> access.isOpenTo(caller, feed)).forEach(feed -> list.add(description(feed)));
        return list.build();
    }

    /** Answered later, see {@link PlainAnswer}. Also handles HEAD. */
    @GET
    @Path("{feed}")
    public void rows(
            @PathParam("feed") String feed,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        Caller caller = Caller.of(request);
        List<Filter> claims = access.require(caller, feed);
        WindowRequest window = requests.read(feed, uri.getQueryParameters()).bound(claims);
        var form = new PlainAnswer.Form(
                IfNoneMatch.of(headers),
                encodings.of(request),
                !request.getMethod().equals(HttpMethod.HEAD),
                caller == Caller.ANYBODY);
        answers.begin(window, form, request.getAsyncContext(), response);
    }

    private static JsonObject description(Feed feed) {
        return Json.createObjectBuilder()
                .add("name", feed.name())
                .add("table", feed.table().toString())
                .add("dateColumn", feed.dateColumn())
                .add("key", feed.key())
                .add("keyColumns", Json.createArrayBuilder(feed.keyColumns()))
                .add("filters", Json.createArrayBuilder(feed.filters()))
                .build();
    }
}
