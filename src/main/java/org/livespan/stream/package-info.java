/**
 * Who is watching: the HTTP interface, and each client's way from a window's result to its socket.
 *
 * <p>Comes in: requests (Jakarta REST) and {@link org.livespan.live.Result}s. Goes out: JSON, event streams (WHATWG
 * HTML, Server-sent events) and problems (RFC 9457). Nothing here knows of PostgreSQL.
 */
package org.livespan.stream;
