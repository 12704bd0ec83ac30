package org.livespan.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.livespan.time.SpanSet;

/**
 * The windows that wait for the refresh by which they are opened. Where rows are held of which something was put off before a
 * window came, it waits until these are known to be what was committed, or are not held any more.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class OpeningWindows {

    /** In the order in which they are opened; without a doubt, until all was heard that was committed before they came. */
    private final Map<Window, Optional<Doubt>> windows = new LinkedHashMap<>();

    void add(Window window) {
        windows.put(window, Optional.empty());
    }

    void remove(Window window) {
        windows.remove(window);
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Whether one of them can be opened by the next refresh. */
    boolean anyDue(SpanSet held) {
        return windows.keySet().stream().anyMatch(window -> isDue(window, held));
    }

    /** Whether the rows of one are held, and it may not have been heard yet what was committed before it came. */
    boolean anyUnheard(SpanSet held) {
        return windows.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().isEmpty() && held.covers(entry.getKey().span()));
    }

    private boolean isDue(Window window, SpanSet held) {
        return windows.get(window)
                .map(doubt -> doubt.spans().intersect(held).isEmpty())
                .orElse(!held.covers(window.span()));
    }

    /**
     * All was heard that was committed before those came that are numbered lower.
     *
     * @param putOff where something is put off by now
     */
    void heard(long end, SpanSet held, SpanSet putOff) {
        windows.replaceAll((window, doubt) ->
                window.number() < end && doubt.isEmpty() ? Optional.of(doubt(window, held, putOff)) : doubt);
    }

    private static Doubt doubt(Window window, SpanSet held, SpanSet putOff) {
        return new Doubt(new SpanSet(List.of(window.span())).intersect(held).intersect(putOff));
    }

    /**
     * A refresh opens those of them that are numbered lower and need not wait any longer.
     *
     * @param putOff where something is put off
     * @param read what the refresh reads anyway
     */
    List<Window> takeDue(long end, SpanSet held, SpanSet putOff, SpanSet read) {
        var taken = new ArrayList<Window>();
        windows.replaceAll((window, doubt) ->
                doubt.isEmpty() && isDue(window, held) ? Optional.of(doubt(window, held, putOff)) : doubt);
        windows.forEach((window, doubt) -> {
            doubt.ifPresent(known -> known.dispel(read));
            if (window.number() < end && isDue(window, held)) {
                taken.add(window);
            }
        });
        taken.forEach(windows::remove);
        return taken;
    }

    /** It did not: they wait on, before all others, unless they were closed meanwhile. */
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

    Stream<Doubt> doubts() {
        return windows.values().stream().flatMap(Optional::stream);
    }
}
