package org.livespan.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The room for rows of a feed. Asked for one window after another, the oldest first, it has room for each whose rows fit
 * beside those of the windows before it. So a window that exceeds its own limit ends alone, and if all windows together
 * exceed theirs, the newest end.
 *
 * <p>Owned by its user.
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
     * @param more how many of them are in no window before it
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
     * The windows for which there is no room, in their order, with the reasons.
     *
     * @param windows in the order of their numbers
     * @param held has all their rows
     */
    Map<Window, RuntimeException> refused(List<Window> windows, HeldRows held) {
        var refused = new LinkedHashMap<Window, RuntimeException>();
        Set<HeldRow> theirs = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Window window : windows) {
            List<HeldRow> more = new ArrayList<>();
            held.image(window.selection()).of(window.span()).forEach(row -> {
                if (!theirs.contains(row)) {
                    more.add(row);
                }
            });
            int rows = held.image(window.selection()).count(window.span());
            Optional<RuntimeException> refusal = refusal(rows, more.size());
            refusal.ifPresentOrElse(reason -> refused.put(window, reason), () -> theirs.addAll(more));
        }
        return refused;
    }
}
