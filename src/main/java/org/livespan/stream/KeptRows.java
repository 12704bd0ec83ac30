package org.livespan.stream;

import java.util.HashMap;
import java.util.Map;
import org.livespan.live.SharedResult;
import org.livespan.live.UnsentBytes;

/**
 * The rows that plain answers keep in memory until their clients have them: those of windows that nobody watches. Guarded by
 * this object's lock.
 */
final class KeptRows {

    private final UnsentBytes unsent;
    private final Map<SharedResult, Integer> answers = new HashMap<>();

    KeptRows(UnsentBytes unsent) {
        this.unsent = unsent;
    }

    /**
     * For one more answer.
     *
     * @return to be run once, when it needs them no more
     */
    synchronized Runnable keep(SharedResult rows) {
        if (answers.merge(rows, 1, Integer::sum) == 1) {
            unsent.keepRows(rows.sizeOfOwnRows());
        }
        return () -> giveBack(rows);
    }

    private synchronized void giveBack(SharedResult rows) {
        if (answers.merge(rows, -1, Integer::sum) == 0) {
            answers.remove(rows);
            unsent.keepRows(-rows.sizeOfOwnRows());
        }
    }
}
