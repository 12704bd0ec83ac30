/**
 * Compressed content, in pieces that the streams of many clients share. Knows no feed and no client.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951, DEFLATE</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP</a>
 */
package org.livespan.gzip;
