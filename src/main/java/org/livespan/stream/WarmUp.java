package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.db.DatabaseThreads;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.live.LiveFeeds;
import org.livespan.live.Rehearsal;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window;

/**
 * Does the work of some hundred changes when the node has started, and discards their events: a JVM executes code slowly
 * until it has compiled it, and otherwise the first clients and changes would pay for that.
 */
@ApplicationScoped
class WarmUp {

    private static final Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** More change nothing: everything that matters has been compiled. */
    private static final int ROUNDS = 1_000;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    @Inject
    Feeds feeds;

    @Inject
    LiveFeeds live;

    @Inject
    StreamSettings settings;

    @Inject
    UnsentBytes unsent;

    @Inject
    Writers writers;

    @Inject
    DatabaseThreads threads;

    @Inject
    @ConfigProperty(name = "livespan.warm-up", defaultValue = "PT5S")
    Duration atMost;

    private ScheduledExecutorService executor;

    void start(@Observes @Initialized(ApplicationScoped.class) Object start) {
        executor = threads.executor(1);
        if (atMost.compareTo(Duration.ZERO) > 0) {
            executor.execute(this::awaitDatabase);
        }
    }

    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object end)
            throws InterruptedException {
        // None if the deployment failed before
        if (executor != null) {
            DatabaseThreads.end(executor, STOP_TIMEOUT);
        }
    }

    private void awaitDatabase() {
        if (live.isListening()) {
            run();
        } else {
            executor.schedule(this::awaitDatabase, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        long begin = System.nanoTime();
        try {
            int changes = rehearseAll(begin);
            LOG.log(
                    INFO,
                    "Warmed up: the work of {0} changes in {1} ms (livespan.warm-up)",
                    changes,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "The warm-up failed, so the first changes take longer (livespan.warm-up)", e);
        } finally {
            executor.shutdown();
        }
    }

    private int rehearseAll(long begin) throws InterruptedException {
        List<Feed> all = List.copyOf(feeds.all());
        int changes = 0;
        for (int i = 0; i < all.size(); i++) {
            changes += rehearse(all.get(i), begin + atMost.toNanos() * (i + 1) / all.size());
        }
        return changes;
    }

    /** @return how many changes were done until that time of {@link System#nanoTime()} */
    private int rehearse(Feed feed, long end) throws InterruptedException {
        // Each has a coding of its own: a gzip member is written by one thread at a time
        var audience = List.of(
                new DiscardingSink(EventCoding.IDENTITY, StreamMode.RESULTS),
                new DiscardingSink(EventCoding.IDENTITY, StreamMode.CHANGES),
                new DiscardingSink(EventCoding.gzip(), StreamMode.RESULTS),
                new DiscardingSink(EventCoding.gzip(), StreamMode.CHANGES));
        var broadcaster = new ResultBroadcaster(settings, unsent, writers.executor(), reason -> StreamEvent.HEARTBEAT);
        try (Rehearsal rehearsal = live.rehearse(feed);
                Window window = rehearsal.open(broadcaster)) {
            LOG.log(DEBUG, "Rehearsing {0}", window);
            broadcaster.first().thenRun(() -> audience.forEach(one -> one.join(broadcaster, settings.lifetime())));
            int round = 0;
            while (round < ROUNDS && System.nanoTime() - end < 0) {
                rehearsal.change(++round);
                audience.get(0).awaitEvent(end);
            }
            return round;
        } finally {
            broadcaster.close();
        }
    }
}
