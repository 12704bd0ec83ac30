/**
 * Requests and problems: what a client asks for, who it is, and what it is told if that fails.
 *
 * <p>In: HTTP requests (Jakarta REST, Jakarta Servlet). Out: the window that is asked for, parameters, conditions (RFC
 * 9110) and problems (RFC 9457). Nothing here knows how rows are sent.
 */
package org.livespan.http;
