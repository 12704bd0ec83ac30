package org.livespan.live;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that may be held of a feed. Asked for one window after the other, the oldest first, it has room for each whose
 * rows fit beside those of the windows before it: so a window that grows beyond its own limit ends alone, and where all
 * together are too many, the newest have to go.
 *
 * <p>Owned by whoever asks.
 */
final class Room {

    private final String feed;
    private final RowLimits limits;
    private int taken;

    Room(String feed, RowLimits limits) {
        this.feed = feed;
        this.limits = limits;
    }

    /**
     * Takes room for a window.
     *
     * @param rows how many rows it has
     * @param more how many of them no window before it has
     * @return why there is none; empty if it was taken
     */
    Optional<RuntimeException> refusal(int rows, int more) {
        if (rows > limits.window()) {
            return Optional.of(new WindowTooLargeException(limits.window()));
        }
        if (more > limits.feed() - taken) {
            return Optional.of(new FeedTooLargeException(feed, limits.feed()));
        }
        taken += more;
        return Optional.empty();
    }

    /**
     * The windows for which there is no room, in their order, and why not.
     *
     * @param windows in the order of their numbers
     * @param image has all their rows
     */
    Map<Window, RuntimeException> refused(List<Window> windows, Image image) {
        var refused = new LinkedHashMap<Window, RuntimeException>();
        var theirs = new BitSet(image.size());
        for (Window window : windows) {
            int from = image.from(window.span());
            int until = image.until(window.span());
            int more = until - from - theirs.get(from, until).cardinality();
            Optional<RuntimeException> refusal = refusal(until - from, more);
            refusal.ifPresentOrElse(reason -> refused.put(window, reason), () -> theirs.set(from, until));
        }
        return refused;
    }
}
