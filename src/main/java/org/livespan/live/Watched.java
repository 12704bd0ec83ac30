package org.livespan.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * What is being watched of a feed: the open windows, and for a while the spans of those that were closed.
 *
 * <p>Guarded by its {@link LiveFeed}.
 */
final class Watched {

    /** So many dates are looked up one by one; of more, the whole time between them. */
    private static final int DATES_LOOKED_UP = 64;

    private final WindowTree windows = new WindowTree();
    private final Deque<Left> left = new ArrayDeque<>();

    private record Left(Span span, long until) {}

    void add(Window window) {
        windows.add(window);
    }

    /** @param until when its rows may be let go, by {@link System#nanoTime()} */
    void remove(Window window, long until) {
        windows.remove(window);
        left.addLast(new Left(window.span(), until));
    }

    boolean isEmpty() {
        return windows.size() == 0 && left.isEmpty();
    }

    /** The windows that contain one of the dates, and, where there are many dates, perhaps others between. */
    Set<Window> containing(long[] dates) {
        var found = new LinkedHashSet<Window>();
        if (dates.length <= DATES_LOOKED_UP) {
            for (long date : dates) {
                windows.forEachBetween(date, date, found::add);
            }
        } else {
            windows.forEachBetween(dates[0], dates[dates.length - 1], found::add);
        }
        return found;
    }

    List<Window> all() {
        var all = new ArrayList<Window>();
        windows.forEach(all::add);
        return all;
    }

    /** Forgets the closed windows whose time is over, and says whether there were any. */
    boolean forget(long now) {
        return left.removeIf(gone -> gone.until() - now <= 0);
    }

    /** Forgets all closed windows, and says whether there were any. */
    boolean forgetAll() {
        return left.removeIf(gone -> true);
    }

    boolean anyLeft() {
        return !left.isEmpty();
    }

    /** All the time that is watched, or was a while ago. */
    SpanSet spans() {
        var spans = new ArrayList<Span>();
        windows.forEach(window -> spans.add(window.span()));
        left.forEach(gone -> spans.add(gone.span()));
        return SpanSet.of(spans);
    }
}
