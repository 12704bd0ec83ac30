/**
 * What breaks, and what a client sees of it: a node, a database and the network between them that the tests may stop, cut
 * and kill. Nothing here looks into the application; it is asked over HTTP, as everybody asks it.
 */
package org.livespan.fault;
