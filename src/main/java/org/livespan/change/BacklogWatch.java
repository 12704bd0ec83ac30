package org.livespan.change;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;

/**
 * Logs when what PostgreSQL keeps grows large, and when that is over. Its notification queue fills up while a listening session of
 * any application stays in one transaction; once it is full, every writer to a watched table fails. Its log grows while it is
 * written faster than it is read.
 *
 * <p>Owned by the listening thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">PostgreSQL, NOTIFY</a>
 */
final class BacklogWatch {

    /** PostgreSQL itself warns at one half, in the log of the writer. */
    static final double HIGH_QUEUE = 0.1;

    private static final long MEGABYTE = 1L << 20;
    static final long HIGH_LOG = 256 * MEGABYTE;

    private static final Logger LOG = System.getLogger(BacklogWatch.class.getName());

    private boolean highQueue;
    private boolean highLog;

    void look(Backlog backlog) {
        double share = backlog.queueUsage();
        if (share >= HIGH_QUEUE && !highQueue) {
            highQueue = true;
            LOG.log(
                    WARNING,
                    "PostgreSQL''s notification queue is {0,number,percent} full; when it is full, writes to watched tables"
                            + " fail. A listening session is in a long transaction: find the oldest xact_start in"
                            + " pg_stat_activity, and end that session.",
                    share);
        } else if (share < HIGH_QUEUE / 2 && highQueue) {
            highQueue = false;
            LOG.log(INFO, "PostgreSQL's notification queue has drained.");
        }
        long behind = backlog.logBytes();
        if (behind >= HIGH_LOG && !highLog) {
            highLog = true;
            LOG.log(
                    WARNING,
                    "PostgreSQL has written {0} MB of its log that were not read yet, and keeps them. This is usual while a very"
                            + " large transaction is sent; if it lasts, the log is written faster than it can be decoded:"
                            + " look for the process walsender. max_slot_wal_keep_size limits what is kept.",
                    behind / MEGABYTE);
        } else if (behind < HIGH_LOG / 2 && highLog) {
            highLog = false;
            LOG.log(INFO, "PostgreSQL''s log has been read up to {0} MB.", behind / MEGABYTE);
        }
    }
}
