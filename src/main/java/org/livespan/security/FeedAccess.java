package org.livespan.security;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;

/**
 * Who may read which feed: callers with one of the roles in {@code livespan.feeds.NAME.roles}, or all authenticated callers if
 * that is not set. Fixed at the start. A feed whose settings make no sense is closed to everyone.
 */
@ApplicationScoped
public class FeedAccess {

    private static final Logger LOG = System.getLogger(FeedAccess.class.getName());

    private static final String ROLES = "roles";
    private static final String WHERE = "where";

    @Inject
    Feeds feeds;

    @Inject
    GivenSettings settings;

    /** Of the feeds that require one; none means that the feed is closed. Written once, before the first request. */
    private Map<String, List<String>> roles = Map.of();

    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        roles = feeds.all().stream()
                .map(Feed::name)
                .filter(name ->
                        setting(name, ROLES).isPresent() || setting(name, WHERE).isPresent())
                .collect(toMap(identity(), this::rolesOf));
    }

    private Optional<String> setting(String feed, String last) {
        return settings.text(nameOf(feed, last));
    }

    private static String nameOf(String feed, String last) {
        return "livespan.feeds." + feed + "." + last;
    }

    private List<String> rolesOf(String feed) {
        if (setting(feed, WHERE).isPresent()) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: this version does not support {1}. Remove the setting to open it.",
                    feed,
                    nameOf(feed, WHERE));
            return List.of();
        }
        List<String> listed = Arrays.stream(setting(feed, ROLES).orElseThrow().split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .toList();
        if (settings.mode() == SecurityMode.NONE || listed.isEmpty()) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: {1} requires a role that no caller can have. Name one, and set livespan.security to"
                            + " jwt or container.",
                    feed,
                    nameOf(feed, ROLES));
        }
        return listed;
    }

    /** Whether the caller may read the feed. */
    public boolean isOpenTo(Caller caller, Feed feed) {
        return isOpenTo(caller, feed.name());
    }

    private boolean isOpenTo(Caller caller, String feed) {
        List<String> needed = roles.get(feed);
        return needed == null || needed.stream().anyMatch(caller::isInRole);
    }

    /**
     * Refuses a caller who may not read the feed. Does not check that there is such a feed.
     *
     * @throws ForbiddenException if the caller has none of its roles
     */
    public void require(Caller caller, String feed) {
        if (!isOpenTo(caller, feed)) {
            throw new ForbiddenException();
        }
    }
}
