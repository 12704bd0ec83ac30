package org.livespan.live;

/**
 * Some of what is held of which something was put off, to be compared with the database.
 *
 * @param awaited whether somebody waits for that
 */
record PutOffSlice(AuditSlice rows, boolean awaited) {}
