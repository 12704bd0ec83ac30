package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.livespan.time.SpanSet;

/** The windows that wait for the refresh by which they are opened. Guarded by the {@link LiveImage}. */
final class OpeningWindows {

    private final List<Window> windows = new ArrayList<>();

    void add(Window window) {
        windows.add(window);
    }

    void remove(Window window) {
        windows.remove(window);
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether one of them lies within these spans. */
    boolean anyWithin(SpanSet spans) {
        return windows.stream().anyMatch(window -> spans.covers(window.span()));
    }

    /** A refresh opens those that are numbered lower. */
    List<Window> takeBelow(long end) {
        List<Window> taken =
                windows.stream().filter(window -> window.number() < end).toList();
        windows.removeAll(Set.copyOf(taken));
        return taken;
    }

    /** It did not: they wait on, unless they were closed meanwhile. */
    void putBack(List<Window> taken) {
        taken.stream().filter(window -> !window.isClosed()).forEach(windows::add);
    }
}
