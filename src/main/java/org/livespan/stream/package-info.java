/**
 * The clients, and the way from a window's result to each client's socket.
 *
 * <p>In: {@linkplain org.livespan.http.WindowRequest requests} and {@link org.livespan.live.Result}s. Out: JSON and
 * event streams (WHATWG HTML, Server-sent events). Nothing here knows of PostgreSQL.
 */
package org.livespan.stream;
