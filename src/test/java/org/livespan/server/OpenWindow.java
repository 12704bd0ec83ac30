package org.livespan.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.livespan.feed.Feed;
import org.livespan.live.FirstResult;
import org.livespan.live.LiveFeeds;
import org.livespan.live.Restriction;
import org.livespan.live.Result;
import org.livespan.live.Window;
import org.livespan.live.WindowListener;
import org.livespan.live.WindowUpdate;
import org.livespan.time.Span;

/** A window opened inside the server, and the results it has reported. */
final class OpenWindow implements WindowListener, AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
    private Window window;

    private OpenWindow() {}

    static OpenWindow of(LiveFeeds live, Feed feed, Span span) {
        var opened = new OpenWindow();
        opened.window = live.open(feed, Restriction.to(span), opened, FirstResult.CURRENT);
        return opened;
    }

    /** The result after the last one returned, as JSON; null if none comes. */
    String next() throws InterruptedException {
        return results.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void opened(Window opened) {
        shows(opened.present().result());
    }

    @Override
    public void changed(WindowUpdate update) {
        shows(update.result());
    }

    private void shows(Result result) {
        results.add(new String(result.json(), StandardCharsets.UTF_8));
    }

    @Override
    public void ended(RuntimeException reason) {
        results.add(reason.toString());
    }

    @Override
    public void close() {
        window.close();
    }
}
