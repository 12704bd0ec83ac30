/**
 * What the live page needs from the server besides its files and the API: headers that tell browsers what it may do. Knows no
 * other package, and none knows it.
 */
package org.livespan.page;
