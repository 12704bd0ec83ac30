package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
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

    /** Of requests for several windows. */
    private static final Set<String> RESERVED = Set.of("window");

    /** What names begin with that proxies and browsers add. */
    private static final String OTHERS = "_";

    @Inject
    Feeds feeds;

    @Inject
    @ConfigProperty(name = "livespan.zone", defaultValue = DateRange.DEFAULT_ZONE)
    ZoneId defaultZone;

    /** @throws IllegalStateException if a filter cannot be told from another parameter; the message names it */
    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        for (Feed feed : feeds.all()) {
            for (String filter : feed.filters()) {
                if (PARAMETERS.contains(filter)
                        || RESERVED.contains(filter)
                        || filter.startsWith(OTHERS)
                        || filter.endsWith(FilterParameters.NULL_TEST)) {
                    throw new IllegalStateException("livespan.feeds." + feed.name() + ".filters names " + filter
                            + ", which means something else in a request. Remove it, or read a view in which the column has"
                            + " another name.");
                }
            }
        }
    }

    /** @throws Problem if there is no such feed, or a parameter is unknown, empty, repeated or wrong */
    public WindowRequest read(String feedName, MultivaluedMap<String, String> parameters) {
        Feed feed = feeds.named(feedName)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNKNOWN_FEED,
                        "There is no feed named " + Quoted.of(feedName) + ". GET api/feeds lists the feeds."));
        requireKnown(feed, parameters.keySet());
        var range = new DateRange(
                Parameter.of(parameters, "startDate", DateParameter::parse),
                Parameter.of(parameters, "endDate", DateParameter::parse),
                Parameter.of(parameters, "zone", WindowRequests::zone).orElse(defaultZone));
        try {
            return new WindowRequest(feed, feed.span(range), FilterParameters.of(feed, parameters), List.of());
        } catch (IllegalArgumentException e) {
            throw Parameter.invalid(e.getMessage());
        }
    }

    private static void requireKnown(Feed feed, Set<String> names) {
        names.stream()
                .filter(name ->
                        !PARAMETERS.contains(name) && !name.startsWith(OTHERS) && !FilterParameters.isOne(feed, name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Parameter.invalid(Quoted.of(unknown) + " is not a parameter. There are "
                            + String.join(", ", PARAMETERS) + FilterParameters.listed(feed) + ".");
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
