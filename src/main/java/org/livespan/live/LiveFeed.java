package org.livespan.live;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.livespan.change.Change;
import org.livespan.feed.Feed;
import org.livespan.feed.TableName;
import org.livespan.time.Span;

/** A feed with the windows that are open on it. */
final class LiveFeed {

    private final Feed feed;
    private final WindowReader reader;
    private final ScheduledExecutorService executor;
    private final Duration interval;

    private final Set<Window> windows = ConcurrentHashMap.newKeySet();

    LiveFeed(Feed feed, WindowReader reader, ScheduledExecutorService executor, Duration interval) {
        this.feed = feed;
        this.reader = reader;
        this.executor = executor;
        this.interval = interval;
    }

    /** The window hears of changes from before its first result is read: nothing falls between the two. */
    Window open(Span span, WindowListener listener) {
        var window = new Window(span, () -> reader.read(feed, span), listener, executor, interval, windows::remove);
        windows.add(window);
        window.touch(span);
        return window;
    }

    void changed(Change change) {
        TableName table = feed.table();
        if (change.touches(table.schema(), table.name())) {
            Span span = change.spanFor(feed.dateType());
            windows.forEach(window -> window.touch(span));
        }
    }

    void close() {
        windows.forEach(Window::close);
    }
}
