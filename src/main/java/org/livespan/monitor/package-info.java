/**
 * Whether all changes of the feeds' tables are heard: what the catalogue says of tables, triggers, views and functions.
 *
 * <p>In: the feeds. Out: {@link org.livespan.change.Change}s of tables that were altered, log lines with the statement
 * that fixes what is wrong, and since when changes of a feed may go unheard.
 */
package org.livespan.monitor;
