/**
 * What can be watched, and how it is read.
 *
 * <p>Comes in: a name, a {@link org.livespan.time.Span}. Goes out: {@link org.livespan.feed.Row}s, read through JPA, each
 * already rendered as JSON. A feed knows nothing of windows or of clients.
 */
package org.livespan.feed;
