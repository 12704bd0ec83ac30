/** Programs that some tests need and a machine may lack: proxies, a browser, Node.js. */
package org.livespan.tool;
