/**
 * What is watched, kept current.
 *
 * <p>In: a span to watch, and every {@link org.livespan.change.Change}. Out: a window's {@link org.livespan.live.Result},
 * each time it differs. Clients are not known here.
 */
package org.livespan.live;
