/** Tests of the log as a source of changes. */
package org.livespan.wal;
