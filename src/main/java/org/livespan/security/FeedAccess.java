package org.livespan.security;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;

/**
 * Who may see which feed: {@code livespan.feeds.NAME.roles}, and whoever is authenticated where that is not set. Fixed at the
 * start. A feed whose settings cannot be kept is closed to all.
 */
@ApplicationScoped
public class FeedAccess {

    private static final Logger LOG = System.getLogger(FeedAccess.class.getName());

    private static final String ROLES = "roles";
    private static final String WHERE = "where";

    @Inject
    Feeds feeds;

    @Inject
    Config config;

    @Inject
    @ConfigProperty(name = "livespan.security", defaultValue = "none")
    SecurityMode mode;

    /** Without the feeds that are open to everybody. Written once, before the first request. */
    private Map<String, List<String>> roles = Map.of();

    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        roles = feeds.all().stream()
                .map(Feed::name)
                .filter(name ->
                        setting(name, ROLES).isPresent() || setting(name, WHERE).isPresent())
                .collect(toMap(identity(), this::rolesOf));
    }

    private Optional<String> setting(String feed, String last) {
        return config.getOptionalValue(nameOf(feed, last), String.class);
    }

    private static String nameOf(String feed, String last) {
        return "livespan.feeds." + feed + "." + last;
    }

    private List<String> rolesOf(String feed) {
        if (setting(feed, WHERE).isPresent()) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: this version cannot bind rows to claims. Remove {1}.",
                    feed,
                    nameOf(feed, WHERE));
            return List.of();
        }
        List<String> listed = Arrays.stream(setting(feed, ROLES).orElseThrow().split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .toList();
        if (mode == SecurityMode.NONE) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: it has roles ({1}), but nobody has any. Set livespan.security to jwt or container.",
                    feed,
                    nameOf(feed, ROLES));
        }
        return listed;
    }

    /** Whether the caller may see the feed. */
    public boolean isOpenTo(Caller caller, Feed feed) {
        return isOpenTo(caller, feed.name());
    }

    private boolean isOpenTo(Caller caller, String feed) {
        List<String> needed = roles.get(feed);
        return needed == null || needed.stream().anyMatch(caller::isInRole);
    }

    /**
     * Refuses a caller who may not see the feed. Of a feed that does not exist, this says nothing.
     *
     * @throws Problem that says so
     */
    public void require(Caller caller, String feed) {
        if (!isOpenTo(caller, feed)) {
            throw new Problem(ProblemType.FORBIDDEN, "None of your roles may read this feed.");
        }
    }
}
