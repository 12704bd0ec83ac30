/**
 * Compressed content in pieces that many clients share, although each client has a stream of its own. Knows no feed and no
 * client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951, DEFLATE</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP</a>
 */
package org.livespan.gzip;
