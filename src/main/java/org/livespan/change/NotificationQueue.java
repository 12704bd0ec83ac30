package org.livespan.change;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;

/**
 * Logs when PostgreSQL's notification queue fills up, and when it is empty again. It fills up while a listening session of
 * any application stays in one transaction; once it is full, every writer to a watched table fails.
 *
 * <p>Owned by the listening thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">PostgreSQL, NOTIFY</a>
 */
final class NotificationQueue {

    /** PostgreSQL itself warns at one half, in the log of the writer. */
    static final double HIGH = 0.1;

    private static final Logger LOG = System.getLogger(NotificationQueue.class.getName());

    private boolean high;

    /** @param share 0 to 1 */
    void used(double share) {
        if (share >= HIGH && !high) {
            high = true;
            LOG.log(
                    WARNING,
                    "PostgreSQL''s notification queue is {0,number,percent} full; when it is full, writes to watched tables"
                            + " fail. A listening session is in a long transaction: find the oldest xact_start in"
                            + " pg_stat_activity, and end that session.",
                    share);
        } else if (share < HIGH / 2 && high) {
            high = false;
            LOG.log(INFO, "PostgreSQL's notification queue has drained.");
        }
    }
}
