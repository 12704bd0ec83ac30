/**
 * Livespan with all it needs, started on one machine to be looked at: {@code mvn -Pdemo}. Nothing comes in here but
 * Maven; what it starts, it ends.
 */
package org.livespan.launch;
