package org.livespan.wal;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a snapshot shows.
 *
 * @param xmin all before it have ended
 * @param xmax none from it on had ended
 * @param running those between that had not
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT">PostgreSQL, Transaction ID and
 *     Snapshot Information Functions</a>
 */
record Visible(long xmin, long xmax, Set<Long> running) {

    /** @param snapshot as {@code pg_current_snapshot} prints it: {@code xmin:xmax:xip,xip} */
    static Visible in(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        return new Visible(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Arrays.stream(parts[2].split(","))
                        .filter(one -> !one.isEmpty())
                        .map(Long::parseLong)
                        .collect(Collectors.toSet()));
    }

    /**
     * Whether it shows a committed transaction.
     *
     * @param xid without its epoch; it is that within two billion of this snapshot
     */
    boolean shows(int xid) {
        return hasEnded(full(xid));
    }

    /** The same transaction with its epoch. */
    long full(int xid) {
        return xmax + (xid - (int) xmax);
    }

    /** @param full a transaction with its epoch */
    boolean hasEnded(long full) {
        return full < xmin || full < xmax && !running.contains(full);
    }
}
