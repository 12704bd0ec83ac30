package org.livespan.live;

import java.time.Duration;
import org.livespan.feed.Feed;

/**
 * Does the work of changes before clients need it, so that the JVM has compiled it by then: on a {@link SyntheticFeed}, which no
 * client sees.
 */
public final class Rehearsal implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final SyntheticFeed feed;
    private final LiveFeed live;

    Rehearsal(Feed real, LiveNode node) {
        this.feed = new SyntheticFeed(real);
        this.live = new LiveFeed(feed, node.rehearsing());
    }

    /** Opens a window of a hundred rows. */
    public Window open(WindowListener listener) {
        return live.open(Restriction.to(SyntheticFeed.SPAN), listener, FirstResult.CURRENT);
    }

    /** Changes one row; the window's listener is told of it. */
    public void change(int round) {
        live.changed(feed.change(round));
    }

    @Override
    public void close() {
        try {
            live.stop(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
