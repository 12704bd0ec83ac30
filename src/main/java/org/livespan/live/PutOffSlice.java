package org.livespan.live;

/**
 * A slice of the held rows to be compared because notifications were put off.
 *
 * @param awaited whether somebody waits for it
 */
record PutOffSlice(AuditSlice rows, boolean awaited) {}
