package org.livespan.security;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.annotation.PostConstruct;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.livespan.feed.ClaimBinding;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.feed.Filter;

/**
 * Who may read which feed: callers with one of the roles in {@code livespan.feeds.NAME.roles}, or all authenticated callers if
 * that is not set; and of it only the rows to which {@code livespan.feeds.NAME.where} binds their claims. Fixed at the start. A
 * feed whose settings make no sense is closed to everyone.
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

    /** Of the feeds whose rows are bound to claims; none means that the feed is closed. Written once, before the first request. */
    private Map<String, List<ClaimBinding>> bindings = Map.of();

    @PostConstruct
    void start() {
        roles = given(ROLES, FeedAccess::rolesIn);
        bindings = given(WHERE, text -> ClaimBinding.parse(text).orElse(List.of()));
    }

    private <T> Map<String, List<T>> given(String last, Function<String, List<T>> parse) {
        return feeds.all().stream()
                .map(Feed::name)
                .filter(name -> setting(name, last).isPresent())
                .collect(toMap(
                        identity(), name -> parse.apply(setting(name, last).orElseThrow())));
    }

    private static List<String> rolesIn(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .toList();
    }

    /** Says at the start which feeds are closed to everyone. */
    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        roles.forEach(this::checkRoles);
        bindings.forEach(this::checkBindings);
    }

    /** All roles that a feed requires. */
    Set<String> roles() {
        return roles.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<String> setting(String feed, String last) {
        return settings.text(nameOf(feed, last));
    }

    private static String nameOf(String feed, String last) {
        return "livespan.feeds." + feed + "." + last;
    }

    private void checkRoles(String feed, List<String> needed) {
        if (settings.mode() == SecurityMode.NONE || needed.isEmpty()) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: {1} requires a role that no caller can have. Name one, and set livespan.security to"
                            + " jwt or container.",
                    feed,
                    nameOf(feed, ROLES));
        }
    }

    private void checkBindings(String feed, List<ClaimBinding> needed) {
        String name = nameOf(feed, WHERE);
        if (needed.isEmpty()) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: {1} is ''{2}''. Set it to COLUMN=claim:CLAIM, such as customer=claim:customer.",
                    feed,
                    name,
                    setting(feed, WHERE).orElse(""));
        } else if (settings.mode() == SecurityMode.NONE) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: {1} requires claims, and no caller has any. Set livespan.security to jwt or container.",
                    feed,
                    name);
        } else if (settings.mode() == SecurityMode.CONTAINER
                && !needed.stream().allMatch(binding -> binding.claim().equals(ServerCaller.NAME))) {
            LOG.log(
                    ERROR,
                    "Feed {0} is closed: {1} uses a claim other than name, but the server''s own login has only name"
                            + " (livespan.security=container).",
                    feed,
                    name);
        }
    }

    /** Whether the caller may read the feed, or some of its rows. */
    public boolean isOpenTo(Caller caller, Feed feed) {
        return hasRole(caller, feed.name()) && claims(caller, feed.name()).isPresent();
    }

    private boolean hasRole(Caller caller, String feed) {
        List<String> needed = roles.get(feed);
        return needed == null || needed.stream().anyMatch(caller::isInRole);
    }

    /** The filters to which the caller's claims bind the feed; empty if one is missing, or the feed is closed. */
    private Optional<List<Filter>> claims(Caller caller, String feed) {
        List<ClaimBinding> needed = bindings.get(feed);
        if (needed == null) {
            return Optional.of(List.of());
        }
        List<Filter> claims = needed.stream()
                .flatMap(binding -> caller
                        .claim(binding.claim())
                        .flatMap(ClaimTexts::of)
                        .map(texts -> Filter.of(binding.column(), texts))
                        .stream())
                .toList();
        return claims.isEmpty() || claims.size() < needed.size() ? Optional.empty() : Optional.of(claims);
    }

    /**
     * The filters to which the caller's claims bind the feed. Does not check that there is such a feed.
     *
     * @throws ForbiddenException if the caller has none of its roles, or not all of the claims
     */
    public List<Filter> require(Caller caller, String feed) {
        if (!hasRole(caller, feed)) {
            throw new ForbiddenException();
        }
        return claims(caller, feed).orElseThrow(ForbiddenException::new);
    }
}
