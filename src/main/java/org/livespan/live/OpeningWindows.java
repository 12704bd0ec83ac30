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

    /**
     * Whether one of them can be opened by the next refresh.
     *
     * @param held what is held
     * @param later what will be read later; windows that are held and lie there wait for that
     */
    boolean anyDue(SpanSet held, SpanSet later) {
        return windows.stream().anyMatch(window -> isDue(window, held, later));
    }

    /** The same for those whose rows are held. */
    boolean anyDueWithin(SpanSet held, SpanSet later) {
        return windows.stream().anyMatch(window -> held.covers(window.span()) && isDue(window, held, later));
    }

    private static boolean isDue(Window window, SpanSet held, SpanSet later) {
        var span = new SpanSet(List.of(window.span()));
        return later.isEmpty()
                || !held.covers(window.span())
                || span.intersect(later).isEmpty();
    }

    /** A refresh opens those of them that are numbered lower. */
    List<Window> takeDue(long end, SpanSet held, SpanSet later) {
        List<Window> taken = windows.stream()
                .filter(window -> window.number() < end && isDue(window, held, later))
                .toList();
        windows.removeAll(Set.copyOf(taken));
        return taken;
    }

    /** It did not: they wait on, before all others, unless they were closed meanwhile. */
    void putBack(List<Window> taken) {
        windows.addAll(0, taken.stream().filter(window -> !window.isClosed()).toList());
    }
}
