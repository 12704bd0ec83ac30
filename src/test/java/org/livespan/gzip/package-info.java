/** Tests of compressed content, and a client that is strict about it. */
package org.livespan.gzip;
