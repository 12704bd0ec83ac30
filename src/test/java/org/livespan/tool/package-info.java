/** Programs that some tests need and that a machine may have or not: proxies, a browser, Node.js. */
package org.livespan.tool;
