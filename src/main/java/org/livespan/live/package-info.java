/**
 * What is being watched, and kept true.
 *
 * <p>Comes in: a span to watch, and every {@link org.livespan.change.Change}. Goes out: a window's
 * {@link org.livespan.live.Result}, each time it differs. Who looks at it, and over what, is not known here.
 */
package org.livespan.live;
