package org.livespan.stream;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.live.Result;
import org.livespan.live.WindowReader;

/** The feeds, and the rows of a window as they are now. */
@Path("feeds")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FeedsResource {

    @Inject
    Feeds feeds;

    @Inject
    WindowRequests requests;

    @Inject
    WindowReader reader;

    @GET
    public JsonArray feeds() {
        var list = Json.createArrayBuilder();
        feeds.all().forEach(feed -> list.add(description(feed)));
        return list.build();
    }

    /** The digest of the rows is the entity tag (RFC 9110, section 8.8.3). */
    @GET
    @Path("{feed}")
    public Response rows(@PathParam("feed") String feed, @Context UriInfo uri, @Context HttpHeaders headers) {
        WindowRequest window = requests.read(feed, uri.getQueryParameters());
        Result result = reader.read(window.feed(), window.span());
        var tag = new EntityTag(result.digest());
        return (IfNoneMatch.of(headers).names(tag) ? Response.notModified() : Response.ok(result.json()))
                .tag(tag)
                .cacheControl(alwaysAskAgain())
                .build();
    }

    private static JsonObject description(Feed feed) {
        return Json.createObjectBuilder()
                .add("name", feed.name())
                .add("table", feed.table().toString())
                .add("dateColumn", feed.dateColumn())
                .add("key", feed.key())
                .add("keyColumns", Json.createArrayBuilder(feed.keyColumns()))
                .build();
    }

    private static CacheControl alwaysAskAgain() {
        var control = new CacheControl();
        control.setNoCache(true);
        control.setNoTransform(false);
        return control;
    }
}
