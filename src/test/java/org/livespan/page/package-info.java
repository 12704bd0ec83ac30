/**
 * The live page as people meet it: in a real Chromium, on a real server and a real PostgreSQL. A test clicks, types, reads
 * and writes SQL; where it looks into the page, it looks at what assistive technology would be told.
 */
package org.livespan.page;
