package org.livespan.feed;

import static java.lang.System.Logger.Level.INFO;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All feeds of this application by name, fixed at the start. */
@ApplicationScoped
public class Feeds {

    private static final Logger LOG = System.getLogger(Feeds.class.getName());

    private final Map<String, Feed> feeds;

    /** For the client proxy. */
    Feeds() {
        feeds = Map.of();
    }

    /** @throws IllegalStateException if two feeds have the same name */
    @Inject
    Feeds(@Any Instance<EntityFeed<?>> declared, ConfiguredFeeds configured) {
        feeds = Stream.concat(declared.stream().filter(EntityFeed::enabled), configured.all().stream())
                .collect(toMap(Feed::name, identity(), Feeds::refuseTwoOfOneName, TreeMap::new));
    }

    /** Collects them before the first request, so that a mistake fails the deployment and not a client. */
    void settle(@Observes @Initialized(ApplicationScoped.class) Object start) {
        LOG.log(INFO, "Feeds: {0}", feeds.isEmpty() ? "none" : String.join(", ", feeds.keySet()));
    }

    /** The feeds in the order of their names. */
    public Collection<Feed> all() {
        return feeds.values();
    }

    /** The feed of that name, empty if there is none. */
    public Optional<Feed> named(String name) {
        return Optional.ofNullable(feeds.get(name));
    }

    private static Feed refuseTwoOfOneName(Feed one, Feed other) {
        throw new IllegalStateException("Two feeds are named " + one.name() + ": one is declared by " + one.origin()
                + ", the other by " + other.origin() + ".");
    }
}
