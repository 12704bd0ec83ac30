package org.livespan.stream;

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
class WindowRequests {

    @Inject
    Feeds feeds;

    @Inject
    @ConfigProperty(name = "livespan.zone", defaultValue = "UTC")
    ZoneId defaultZone;

    /** @throws Problem if there is no such feed, or a parameter is empty, repeated or wrong */
    WindowRequest read(String feedName, MultivaluedMap<String, String> parameters) {
        Feed feed = feeds.named(feedName)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNKNOWN_FEED,
                        "No feed is called " + Quoted.of(feedName) + ". GET api/feeds lists them."));
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
                    Quoted.of(name) + " is not the name of a time zone. Write one as IANA does, Europe/Berlin.");
        }
        return ZoneId.of(name);
    }
}
