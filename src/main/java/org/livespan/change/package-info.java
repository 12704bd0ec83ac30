/**
 * How the application hears of changes: the loop, what it knows of its own state, and what a source of changes is.
 *
 * <p>Out: the CDI event {@link org.livespan.change.Change}, fired in commit order on the listening thread. Nothing here knows of
 * feeds or clients.
 */
package org.livespan.change;
