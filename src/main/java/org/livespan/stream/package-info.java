/**
 * The clients: the HTTP interface, and the way from a window's result to each client's socket.
 *
 * <p>In: requests (Jakarta REST) and {@link org.livespan.live.Result}s. Out: JSON, event streams (WHATWG
 * HTML, Server-sent events) and problems (RFC 9457). Nothing here knows of PostgreSQL.
 */
package org.livespan.stream;
