/**
 * The sample, if {@code livespan.demo} is true: a feed of orders and a trickle of new ones. It is also the example of a feed
 * over a JPA entity.
 */
package org.livespan.demo;
