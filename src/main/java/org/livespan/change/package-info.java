/**
 * What PostgreSQL tells us: one connection that listens, and the changes it hears.
 *
 * <p>Comes in: notifications on the channel, sent by the triggers of {@code sql/livespan.sql} or by a table's own.
 * Goes out: the CDI event {@link org.livespan.change.Change}, fired in commit order on the listening thread. Nothing
 * here knows of feeds or clients.
 */
package org.livespan.change;
