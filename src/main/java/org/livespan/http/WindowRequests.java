package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.time.DateParameter;
import org.livespan.time.DateRange;
import org.livespan.time.Quoted;

/** Parses which window a request is for. */
@ApplicationScoped
public class WindowRequests {

    @Inject
    Feeds feeds;

    @Inject
    @ConfigProperty(name = "livespan.zone", defaultValue = DateRange.DEFAULT_ZONE)
    ZoneId defaultZone;

    /** @throws Problem if there is no such feed, or a parameter is empty, repeated or wrong */
    public WindowRequest read(String feedName, MultivaluedMap<String, String> parameters) {
        Feed feed = feeds.named(feedName)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNKNOWN_FEED,
                        "There is no feed named " + Quoted.of(feedName) + ". GET api/feeds lists the feeds."));
        var range = new DateRange(
                Parameter.of(parameters, "startDate", DateParameter::parse),
                Parameter.of(parameters, "endDate", DateParameter::parse),
                Parameter.of(parameters, "zone", WindowRequests::zone).orElse(defaultZone));
        try {
            return new WindowRequest(feed, feed.span(range));
        } catch (IllegalArgumentException e) {
            throw Parameter.invalid(e.getMessage());
        }
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException(
                    Quoted.of(name) + " is not a time zone. Use an IANA name such as Europe/Berlin.");
        }
        return ZoneId.of(name);
    }
}
