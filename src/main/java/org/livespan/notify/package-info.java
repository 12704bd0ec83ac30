/**
 * Notifications as the source of changes: one listening connection.
 *
 * <p>In: notifications on the channel, sent by the triggers of {@code sql/livespan.sql} or by a table's own. Out:
 * {@link org.livespan.change.Change}. Nothing here knows of feeds or clients.
 */
package org.livespan.notify;
