/**
 * Livespan with everything it needs, started on one machine to be tried out: {@code mvn -Pdemo}. Only Maven calls this;
 * it ends whatever it has started.
 */
package org.livespan.launch;
