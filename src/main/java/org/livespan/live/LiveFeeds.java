package org.livespan.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.Change;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.time.Span;

/** Every feed, live: where changes come in and windows are opened. */
@ApplicationScoped
@ManagedScheduledExecutorDefinition(name = LiveFeeds.EXECUTOR, maxAsync = LiveFeeds.QUERIES_AT_ONCE)
public class LiveFeeds {

    static final String EXECUTOR = "java:app/concurrent/livespan-refresh";

    /** The database has other work too. */
    static final int QUERIES_AT_ONCE = 4;

    @Inject
    Feeds feeds;

    @Inject
    WindowReader reader;

    @Inject
    @ConfigProperty(name = "livespan.refresh.interval", defaultValue = "PT0.05S")
    Duration interval;

    @Resource(lookup = EXECUTOR)
    ManagedScheduledExecutorService executor;

    /** Written once, before anyone sees this bean. */
    private final Map<String, LiveFeed> live = new HashMap<>();

    @PostConstruct
    void start() {
        feeds.all().forEach(feed -> live.put(feed.name(), new LiveFeed(feed, reader, executor, interval)));
    }

    /** Hands over and returns: this is the listening thread. */
    void onChange(@Observes Change change) {
        live.values().forEach(feed -> feed.changed(change));
    }

    /**
     * Opens a window: the listener is told its first result, or why there is none, and every later one.
     *
     * @return the window, to be closed when nobody watches it any more
     */
    public Window open(Feed feed, Span span, WindowListener listener) {
        return live.get(feed.name()).open(span, listener);
    }

    @PreDestroy
    void stop() {
        live.values().forEach(LiveFeed::close);
    }
}
