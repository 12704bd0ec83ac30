/**
 * What PostgreSQL reports: one listening connection, and the changes that it hears.
 *
 * <p>In: notifications on the channel, sent by the triggers of {@code sql/livespan.sql} or by a table's own. Out: the CDI
 * event {@link org.livespan.change.Change}, fired in commit order on the listening thread. Nothing here knows of feeds or
 * clients.
 */
package org.livespan.change;
