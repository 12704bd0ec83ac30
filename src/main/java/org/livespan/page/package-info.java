/**
 * What the live page needs of the server beside its files and the API: headers that tell browsers what it may do. Knows no
 * other room, and no room knows it.
 */
package org.livespan.page;
