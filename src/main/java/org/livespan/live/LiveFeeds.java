package org.livespan.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.Change;
import org.livespan.change.ListenBarrier;
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
    ListenBarrier barrier;

    @Inject
    Availability availability;

    @Inject
    @ConfigProperty(name = "livespan.limits.window-rows", defaultValue = "10000")
    int windowRows;

    @Inject
    @ConfigProperty(name = "livespan.limits.feed-rows", defaultValue = "500000")
    int feedRows;

    @Inject
    @ConfigProperty(name = "livespan.refresh.linger", defaultValue = "PT1M")
    Duration linger;

    @Inject
    @ConfigProperty(name = "livespan.refresh.interval", defaultValue = "PT0.05S")
    Duration interval;

    @Resource(lookup = EXECUTOR)
    ManagedScheduledExecutorService executor;

    /** Written once, before anyone sees this bean. */
    private final Map<String, LiveFeed> live = new HashMap<>();

    @PostConstruct
    void start() {
        var limits = new RowLimits(windowRows, feedRows);
        var times = new RefreshTimes(interval, linger);
        feeds.all()
                .forEach(feed ->
                        live.put(feed.name(), new LiveFeed(feed, limits, barrier, availability, executor, times)));
    }

    /** Hands over and returns: this is the listening thread. */
    void onChange(@Observes Change change) {
        live.values().forEach(feed -> feed.changed(change));
    }

    /**
     * Opens a window: the listener is told its first result, or why there is none, and every later one.
     *
     * @param heldIsEnough whether the window may begin with the last state that was heard of, which costs no statement
     *     where its rows are held; otherwise it begins with all that was committed before this call
     * @return the window, to be closed when nobody watches it any more
     */
    public Window open(Feed feed, Span span, WindowListener listener, boolean heldIsEnough) {
        return live.get(feed.name()).open(span, listener, heldIsEnough);
    }

    /**
     * Makes sure that an open window shows all that was committed before this call.
     *
     * @return completes when it does, or with the {@link org.livespan.feed.FeedUnavailableException} that prevents it
     */
    public CompletionStage<Void> confirm(Feed feed, Span span) {
        var confirmation = new Confirmation();
        live.get(feed.name()).open(span, confirmation, false);
        return confirmation.result();
    }
}
