package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.time.DateParameter;
import org.livespan.time.DateRange;
import org.livespan.time.Quoted;

/** Parses which window a request is for. */
@ApplicationScoped
public class WindowRequests {

    /** Those of streams are known for plain requests, too, where they mean nothing. */
    private static final List<String> PARAMETERS =
            List.of("startDate", "endDate", "zone", "mode", "positions", "timing", "lastEventId");

    /** What names begin with that proxies and browsers add. */
    private static final String OTHERS = "_";

    @Inject
    Feeds feeds;

    @Inject
    @ConfigProperty(name = "livespan.zone", defaultValue = DateRange.DEFAULT_ZONE)
    ZoneId defaultZone;

    /** @throws Problem if there is no such feed, or a parameter is unknown, empty, repeated or wrong */
    public WindowRequest read(String feedName, MultivaluedMap<String, String> parameters) {
        Feed feed = feeds.named(feedName)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNKNOWN_FEED,
                        "There is no feed named " + Quoted.of(feedName) + ". GET api/feeds lists the feeds."));
        requireKnown(parameters.keySet());
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

    private static void requireKnown(Set<String> names) {
        names.stream()
                .filter(name -> !PARAMETERS.contains(name) && !name.startsWith(OTHERS))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Parameter.invalid(Quoted.of(unknown) + " is not a parameter. There are "
                            + String.join(", ", PARAMETERS) + ".");
                });
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException(
                    Quoted.of(name) + " is not a time zone. Use an IANA name such as Europe/Berlin.");
        }
        return ZoneId.of(name);
    }
}
