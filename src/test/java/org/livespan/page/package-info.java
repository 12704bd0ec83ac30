/**
 * The live page as users meet it: in a real Chromium, on a real server and a real PostgreSQL. A test clicks, types,
 * reads and writes SQL; where it inspects the page, it checks what assistive technology is told.
 */
package org.livespan.page;
