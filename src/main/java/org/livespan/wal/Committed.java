package org.livespan.wal;

import java.util.List;
import org.livespan.change.Change;

/**
 * A transaction whose commit the log has.
 *
 * @param xid without its epoch
 * @param changes of the tables that matter
 * @param markers of this node
 */
record Committed(int xid, List<Change> changes, List<String> markers) {

    boolean isEmpty() {
        return changes.isEmpty() && markers.isEmpty();
    }
}
