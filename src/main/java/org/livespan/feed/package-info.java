/**
 * What can be watched, and how it is read.
 *
 * <p>In: a name, a {@link org.livespan.time.Span}. Out: {@link org.livespan.feed.Row}s, read through JPA, each already rendered
 * as JSON. A feed knows nothing of windows or of clients.
 */
package org.livespan.feed;
