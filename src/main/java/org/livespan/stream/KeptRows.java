package org.livespan.stream;

import java.util.HashMap;
import java.util.Map;
import org.livespan.live.SharedResult;
import org.livespan.live.UnsentBytes;

/** The rows of unwatched windows that plain answers keep in memory until they are sent. Guarded by this object's lock. */
final class KeptRows {

    private final UnsentBytes unsent;
    private final Map<SharedResult, Integer> answers = new HashMap<>();

    KeptRows(UnsentBytes unsent) {
        this.unsent = unsent;
    }

    /**
     * Keeps rows for one more answer.
     *
     * @return to be run once, when the answer no longer needs them
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
