/**
 * The log as a source of changes: PostgreSQL decodes its write-ahead log and sends what was committed on published tables, so that
 * writers pay nothing.
 */
package org.livespan.wal;
