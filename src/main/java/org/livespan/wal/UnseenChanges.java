package org.livespan.wal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.livespan.change.Change;

/**
 * What was committed, according to the log, but could not be seen yet. The log has a commit before other sessions see it, usually by
 * microseconds, but by as long as a synchronous standby is waited for.
 *
 * <p>Owned by the listening thread.
 */
final class UnseenChanges {

    /** In the order of the commits. */
    private final Deque<Committed> unseen = new ArrayDeque<>();

    /**
     * Transactions that had not ended when the log began. One of them may have been committed before that and be seen later, without
     * being in the log.
     */
    private final Set<Long> early;

    /** @param begin a snapshot taken after the log began */
    UnseenChanges(Visible begin) {
        early = new HashSet<>(begin.running());
    }

    /** Whether a snapshot would make no difference. */
    boolean isEmpty() {
        return unseen.isEmpty() && early.isEmpty();
    }

    void add(Committed committed) {
        unseen.add(committed);
    }

    /**
     * The changes that can be seen by now, each once, as all of them were committed before the first of them is fired.
     *
     * @param visible a snapshot taken after what has been added
     */
    Set<Change> seenBy(Visible visible) {
        var seen = new LinkedHashSet<Change>();
        unseen.removeIf(committed -> {
            boolean shown = visible.shows(committed.xid());
            if (shown) {
                early.remove(visible.full(committed.xid()));
                seen.addAll(committed.changes());
            }
            return shown;
        });
        if (early.removeIf(visible::hasEnded)) {
            seen.add(Change.ANYTHING);
        }
        return seen;
    }
}
