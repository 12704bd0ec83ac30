package org.livespan.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.livespan.time.SpanSet;

/**
 * The windows that wait for the refresh that opens them. One whose rows are held waits first until everything committed before
 * it came has been heard. If notifications for its held rows were put off before a window came,
 * it waits until these rows have been compared or read, or are no longer held.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class OpeningWindows {

    /** In the order in which they are opened. Empty until everything committed before the window came has been heard. */
    private final Map<Window, Optional<Doubt>> windows = new LinkedHashMap<>();

    /** The doubts that were not over from the beginning. */
    private final Set<Doubt> doubts = new LinkedHashSet<>();

    /** @param first {@link FirstResult#HELD} if it need not have {@link #heard} anything more */
    void add(Window window, FirstResult first) {
        windows.put(window, first == FirstResult.HELD ? Optional.of(new Doubt(SpanSet.NONE)) : Optional.empty());
    }

    void remove(Window window) {
        Optional<Doubt> doubt = windows.remove(window);
        if (doubt != null) {
            doubt.ifPresent(doubts::remove);
        }
    }

    boolean contains(Window window) {
        return windows.containsKey(window);
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether one of them can be opened by the next refresh. */
    boolean anyDue(HeldRows held) {
        return windows.keySet().stream().anyMatch(window -> isDue(window, held));
    }

    /** Whether it is one of them and can be opened by the next refresh. */
    boolean isDue(Window window, HeldRows held) {
        Optional<Doubt> doubt = windows.get(window);
        if (doubt == null) {
            return false;
        }
        SpanSet spans = held.spans(window.selection());
        return doubt.map(known -> known.spans().intersect(spans).isEmpty())
                .orElseGet(() -> !spans.intersects(window.span()));
    }

    /**
     * Everything committed before the window came has been heard.
     *
     * @param putOff the spans that are put off now
     */
    void heard(Window window, HeldRows held, SpanSet putOff) {
        windows.computeIfPresent(
                window,
                (same, unknown) -> Optional.of(doubt(new SpanSet(List.of(window.span()))
                        .intersect(held.spans(window.selection()))
                        .intersect(putOff))));
    }

    private Doubt doubt(SpanSet spans) {
        var doubt = new Doubt(spans);
        if (!spans.isEmpty()) {
            doubts.add(doubt);
        }
        return doubt;
    }

    /**
     * Takes the windows with lower numbers that need not wait any longer, to be opened.
     *
     * @param read the spans that the refresh reads anyway
     */
    List<Window> takeDue(long end, HeldRows held, SpanSet read) {
        var taken = new ArrayList<Window>();
        windows.forEach((window, doubt) -> {
            doubt.ifPresent(known -> known.dispel(read));
            if (window.number() < end && isDue(window, held)) {
                taken.add(window);
            }
        });
        taken.forEach(this::remove);
        return taken;
    }

    /** They were not opened: they go on waiting, before all others, unless they were closed meanwhile. */
    void putBack(List<Window> taken) {
        if (!taken.isEmpty()) {
            var others = new LinkedHashMap<>(windows);
            windows.clear();
            taken.stream()
                    .filter(window -> !window.isClosed())
                    .forEach(window -> windows.put(window, Optional.of(new Doubt(SpanSet.NONE))));
            windows.putAll(others);
        }
    }

    /** Some of them may be over. */
    Stream<Doubt> doubts() {
        return doubts.stream();
    }
}
